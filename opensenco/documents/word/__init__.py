"""Papers that people go on writing in: Word documents (Office Open XML, ECMA-376).

Written part by part with what Python has: headings and paragraphs as styles, so that a screen
reader finds them and a school can give them its own look. No macro, link or picture is in them,
and the same paper gives the same bytes.
"""

import io
import zipfile
from dataclasses import dataclass
from xml.sax.saxutils import escape

from opensenco.kernel.text import never_typed

HALF_POINTS = 2
_DAY = (1980, 1, 1, 0, 0, 0)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
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
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its lines, and whether it is a heading, or bold."""

    lines: tuple[str, ...]
    heading: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPaper:
    """One paper: its title, its paragraphs, and the size of its running text in points."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    points: int = 11
    language: str = "en-GB"


def word_file(paper: WordPaper) -> bytes:
    """Give a paper as the bytes of a .docx file, A4."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "docProps/core.xml": _core(paper),
        "word/_rels/document.xml.rels": _WITHIN,
        "word/document.xml": _document(paper),
        "word/styles.xml": _styles(paper),
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
    body = "".join(_paragraph(one) for one in paper.paragraphs)
    return (
        f"<w:document {_W}><w:body>{body}<w:sectPr>"
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1247" w:right="1361" w:bottom="1247" w:left="1361" w:header="708" '
        'w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def _paragraph(one: Paragraph) -> str:
    style = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' if one.heading else ""
    bold = "<w:rPr><w:b/></w:rPr>" if one.bold else ""
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{_text(line)}</w:t>' for line in one.lines)
    return f"<w:p>{style}<w:r>{bold}{runs}</w:r></w:p>"


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
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{size + HALF_POINTS}"/></w:rPr></w:style></w:styles>'
    )
