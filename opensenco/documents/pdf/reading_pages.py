"""What a page of words says, read from the page itself: so the paper can say nothing else.

For our own pages of words alone: headings, paragraphs, lists, terms and tables. What does not go on
paper (`os-noprint`, menus, forms, buttons) is left out, and what is for paper alone (`os-print`) is
taken, as a browser that prints does.
"""

from html.parser import HTMLParser

from opensenco.documents.pdf.guide import Block, Grid, Heading, Points, Terms, Words

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
LEFT_OUT = {"nav", "form", "button", "script", "style", "svg", "caption"}
#: each of these is a piece of words of its own
PIECES = {"h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "th", "td", "summary"}
HIDDEN = {"os-noprint", "os-acts", "os-crumbs", "os-tabs", "govuk-visually-hidden"}


def page_in_words(html: str) -> tuple[str, str, tuple[Block, ...]]:
    """Give the title of a page of ours, the line under it, and what it says, in its order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.title, reader.lead, tuple(reader.blocks)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.title = self.lead = ""
        self.blocks: list[Block] = []
        self._open: list[tuple[str, bool]] = []  # tag, and whether what is in it is left out
        self._inside = False  # of <main>
        self._words: list[str] = []
        self._piece = ""
        self._link = ""
        self._lead_next = False
        self._rows: list[list[str]] = []
        self._term = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._inside = self._inside or tag == "main"
        if tag == "br" and self._piece:
            self._words.append("\n")
        if tag in VOID:
            return
        out = tag in LEFT_OUT or not HIDDEN.isdisjoint((given.get("class") or "").split())
        self._open.append((tag, out))
        if not self._inside or self._left_out:
            return
        if tag in PIECES:
            self._say()
            self._piece = tag
            self._lead_next = "os-lede" in (given.get("class") or "")
        elif tag == "tr":
            self._rows.append([])
        elif tag == "a":
            href = given.get("href") or ""
            self._link = href if href.startswith("https://") else ""

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self._inside and not self._left_out:
            if tag == "a" and self._link:
                self._words.append(f" ({self._link})")
                self._link = ""
            if tag in PIECES:
                self._say()
            elif tag == "table":
                self._lay_table()
        while self._open and self._open.pop()[0] != tag:
            pass
        self._inside = self._inside and tag != "main"

    def handle_data(self, data: str) -> None:
        if self._inside and self._piece and not self._left_out:
            # lines of the source are none of the page's; a <br> is, and comes by itself
            self._words.append(data.replace("\n", " "))

    @property
    def _left_out(self) -> bool:
        return any(out for _tag, out in self._open)

    def _say(self) -> None:
        """Write down the piece of words that ends here; one within another goes on after it."""
        lines = [" ".join(line.split()) for line in "".join(self._words).split("\n")]
        text, piece = "\n".join(line for line in lines if line), self._piece
        self._words, self._piece = [], ""
        if piece in {"th", "td"} and self._rows:
            self._rows[-1].append(text)
        elif not text:
            return
        elif piece == "h1":
            self.title = text
        elif self._lead_next and not self.blocks:
            self.lead = text
        elif piece in {"h2", "h3", "h4", "summary"}:
            self.blocks.append(Heading(int(piece[1]) if piece[0] == "h" else 3, text))
        elif piece == "li":
            self._add_point(text)
        elif piece == "dt":
            self._term = text
        elif piece == "dd":
            self._add_pair(text)
        else:
            self.blocks.append(Words(text))

    def _add_point(self, text: str) -> None:
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, Points):
            self.blocks[-1] = Points((*last.items, text))
        else:
            self.blocks.append(Points((text,)))

    def _add_pair(self, text: str) -> None:
        pair, self._term = (self._term, text), ""
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, Terms):
            self.blocks[-1] = Terms((*last.pairs, pair))
        else:
            self.blocks.append(Terms((pair,)))

    def _lay_table(self) -> None:
        rows, self._rows = [tuple(row) for row in self._rows if row], []
        if rows:
            self.blocks.append(Grid(rows[0], tuple(rows[1:])))
