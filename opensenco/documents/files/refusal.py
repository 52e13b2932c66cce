"""Why a file is not taken, in plain words."""

from opensenco.kernel.errors import DomainError
from opensenco.kernel.words import mark, sentence

MEGABYTE = 1024 * 1024


class FileNotTaken(DomainError):
    """A file that we do not keep. Nothing of it was kept."""

    code = "file-not-taken"
    usual = mark("We cannot keep this file.")


def refuse(words: str, /, **values: int | str) -> FileNotTaken:
    """Give the refusal with these words, which must be marked."""
    return FileNotTaken(sentence(words, **values))


DAMAGED = mark("This file is damaged or incomplete. Save it again in its own program.")
EMPTY = mark("This file is empty. Choose it again.")
TOO_LARGE = mark(
    "This file is larger than {limit} MB. Save it smaller, or divide it and file the parts."
)
PROGRAM = mark("This is a program and not a paper, whatever its name says. We do not keep it.")
MACROS = mark("This file holds macros, which can do harm. Save it without macros, or as a PDF.")
LOCKED = mark(
    "This file is locked with a password. Take the password off and choose it again: nobody "
    "else could open it."
)
UNFOLDS = mark(
    "This file unfolds to more than {limit} MB. Save it anew in its own program, or as a PDF."
)
ARCHIVE = mark("This is an archive of other files. Unpack it and choose the papers in it.")
WEB_PAGE = mark("This is a web page or drawing that can run scripts. Save it as a PDF.")
SHEET = mark("This is a spreadsheet or a presentation. Save it as a PDF to file it.")
EMBEDDED = mark("This file carries another file inside it. Save it as a PDF to file it.")
UNKNOWN = mark(
    "We do not know this kind of file. Save it as a PDF or Word document, or as a picture."
)
