"""A picture that was filed as a paper, set as a PDF of one page, so that it can go into a pack.

It is drawn anew: a telephone writes into its photos where they were taken, and that is nothing that
was said of the child.
"""

from pathlib import Path

import typst

from opensenco.documents.files.portrait import drawn_anew
from opensenco.documents.files.refusal import FileNotTaken

#: of what is drawn, in pixels: a letter that was photographed can still be read
WIDE = 1600
_PAGE = """#set page(paper: "a4", margin: 20mm)
#image("/{name}", width: 100%, height: 100%, fit: "contain")"""


def picture_page(path: Path, folder: Path) -> Path | None:
    """Set a picture as a PDF of one page in a folder; None where it cannot be drawn."""
    try:
        drawn = drawn_anew(path, b"", WIDE)
    except FileNotTaken:
        return None
    picture = folder / f"{path.name}.png"
    picture.write_bytes(drawn)
    page = folder / f"{path.name}.typ"
    page.write_text(_PAGE.format(name=picture.name))
    made = folder / f"{path.name}.pdf"
    made.write_bytes(typst.compile(str(page), root=str(folder), ignore_system_fonts=True))
    return made
