"""Papers that people go on writing in: Word documents (Office Open XML, ECMA-376).

Written part by part with what Python has: headings and paragraphs as styles, so that a screen
reader finds them and a school can give them its own look. No macro, link or picture is in them,
and the same paper gives the same bytes.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from xml.sax.saxutils import escape

from opensenco.kernel.text import never_typed

HALF_POINTS = 2
#: width between the margins of A4, in twentieths of a point
_TEXT_WIDTH = 11906 - 2 * 1361
#: the levels of headings, and by how many points each is larger than the running text
_GROWS = ((1, 1), (2, 1), (3, 0))
#: the level of headings that contents are made of
MARKED = 2
_DAY = (1980, 1, 1, 0, 0, 0)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/header1.xml" ContentType="{_WORD}.header+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_WORD}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
_WITHIN = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/header" Target="header1.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/footer" Target="footer1.xml"/></Relationships>'
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its lines, and whether it is bold, or a heading and of which level."""

    lines: tuple[str, ...]
    heading: bool = False
    bold: bool = False
    level: int = 1
    #: bold words before the first line
    lead: str = ""


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table: its heads, which repeat on every page, and its rows, of as many cells."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The headings of the second level as links; Word adds their pages when it is asked to."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Part = Paragraph | WordTable | Contents | PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPaper:
    """One paper: its title, what stands in it, and the size of its running text in points.

    Args:
        header: stands at the head of every page.
        footer: stands at the foot of every page, as "Page {page} of {pages}".
    """

    title: str
    paragraphs: tuple[Part, ...]
    points: int = 11
    language: str = "en-GB"
    header: str = ""
    footer: str = ""


def word_file(paper: WordPaper) -> bytes:
    """Give a paper as the bytes of a .docx file, A4."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "docProps/core.xml": _core(paper),
        "word/_rels/document.xml.rels": _WITHIN,
        "word/document.xml": _document(paper),
        "word/styles.xml": _styles(paper),
        "word/header1.xml": f"<w:hdr {_W}>{_framed(paper.header)}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {_W}>{_framed(paper.footer)}</w:ftr>",
    }
    return packed({name: (_XML + text).encode() for name, text in parts.items()})


def packed(files: dict[str, bytes]) -> bytes:
    """Give files as one ZIP; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, _DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def _text(words: str) -> str:
    """Make words safe in XML: what no keyboard writes is left out."""
    return escape("".join(one for one in words if one in "\t" or not never_typed(one)))


def _core(paper: WordPaper) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{_text(paper.title)}</dc:title><dc:creator>OpenSENCO</dc:creator>"
        f"<dc:language>{_text(paper.language)}</dc:language></cp:coreProperties>"
    )


def _document(paper: WordPaper) -> str:
    heads = [one for one in paper.paragraphs if isinstance(one, Paragraph) and _is_marked(one)]
    marks = {id(one): number for number, one in enumerate(heads, start=1)}
    body = "".join(_part(one, heads, marks) for one in paper.paragraphs)
    return (
        f"<w:document {_W} {_R}><w:body>{body}<w:sectPr>"
        '<w:headerReference w:type="default" r:id="rId2"/>'
        '<w:footerReference w:type="default" r:id="rId3"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1247" w:right="1361" w:bottom="1247" w:left="1361" w:header="567" '
        'w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def _is_marked(one: Paragraph) -> bool:
    return one.heading and one.level == MARKED


def _part(one: Part, heads: list[Paragraph], marks: dict[int, int]) -> str:
    if isinstance(one, WordTable):
        return _table(one)
    if isinstance(one, Contents):
        return _contents(heads)
    if isinstance(one, PageBreak):
        return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    return _paragraph(one, marks.get(id(one), 0))


def _paragraph(one: Paragraph, mark: int = 0) -> str:
    style = f'<w:pPr><w:pStyle w:val="Heading{one.level}"/></w:pPr>' if one.heading else ""
    bold = "<w:rPr><w:b/></w:rPr>" if one.bold else ""
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{_text(line)}</w:t>' for line in one.lines)
    words = f"<w:r>{bold}{runs}</w:r>"
    if one.lead:
        lead = f'<w:t xml:space="preserve">{_text(one.lead)} </w:t>'
        words = f"<w:r><w:rPr><w:b/></w:rPr>{lead}</w:r>{words}"
    if mark:
        start = f'<w:bookmarkStart w:id="{mark}" w:name="_Toc{mark}"/>'
        words = f'{start}{words}<w:bookmarkEnd w:id="{mark}"/>'
    return f"<w:p>{style}{words}</w:p>"


def _contents(heads: list[Paragraph]) -> str:
    """Write the table of contents as Word does, so that it can be brought up to date there."""
    order = f' TOC \\o "{MARKED}-{MARKED}" \\h '
    start = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{escape(order)}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    lines = [
        f'<w:hyperlink w:anchor="_Toc{number}"><w:r><w:t xml:space="preserve">'
        f"{_text(' '.join(one.lines))}</w:t></w:r></w:hyperlink>"
        for number, one in enumerate(heads, start=1)
    ]
    if not lines:
        return ""
    lines[0] = start + lines[0]
    lines[-1] += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return "".join(f"<w:p>{line}</w:p>" for line in lines)


def _framed(words: str) -> str:
    """Write the head or foot of every page, with the number of the page where it is asked for."""
    runs = ""
    for piece in re.split(r"(\{pages?\})", words):
        if piece in ("{page}", "{pages}"):
            field = "PAGE" if piece == "{page}" else "NUMPAGES"
            runs += f'<w:fldSimple w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        elif piece:
            runs += f'<w:r><w:t xml:space="preserve">{_text(piece)}</w:t></w:r>'
    return f'<w:p><w:pPr><w:spacing w:after="0"/></w:pPr>{runs}</w:p>'


def _table(one: WordTable) -> str:
    """Write a table over the width of the text; a paragraph must follow it, as Word wants."""
    share = _TEXT_WIDTH // max(len(one.heads), 1)
    grid = f'<w:gridCol w:w="{share}"/>' * len(one.heads)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="B0ACA2"/>'
        for side in ("top", "bottom", "insideH")
    )
    head = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    rows = _row(one.heads, share, head, bold=True)
    rows += "".join(_row(cells, share, "<w:trPr><w:cantSplit/></w:trPr>") for cells in one.rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{share * len(one.heads)}" w:type="dxa"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLook w:firstRow="1" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl><w:p/>"
    )


def _row(cells: tuple[str, ...], share: int, how: str, *, bold: bool = False) -> str:
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{share}" w:type="dxa"/></w:tcPr>'
        f"{_paragraph(Paragraph((cell,), bold=bold))}</w:tc>"
        for cell in cells
    )
    return f"<w:tr>{how}{inside}</w:tr>"


def _heading_style(level: int, size: int) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="Heading{level}">'
        f'<w:name w:val="heading {level}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:keepNext/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
    )


def _styles(paper: WordPaper) -> str:
    size = paper.points * HALF_POINTS
    fonts = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
    return (
        f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}"
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        f'<w:lang w:val="{_text(paper.language)}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="200" w:line="276" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        + "".join(_heading_style(level, size + HALF_POINTS * grows) for level, grows in _GROWS)
        + "</w:styles>"
    )
