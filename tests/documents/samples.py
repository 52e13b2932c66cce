"""Small files of every kind, whole and broken, made here and of nobody."""

import base64
import io
import struct
import zipfile
import zlib

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
)
_MAIN = DOCX_TYPE + ".main+xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    b"/Resources << /Font << /F1 5 0 R >> >> >>"
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(40)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
#: 32 by 24, red on the left and blue on the right
PHOTO = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRT"
    "c4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2Nj"
    "Y2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAYACADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xA"
    "AUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFgEBAQEAAAAAAAAAAAAAAAAABwUG/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/a"
    "AAwDAQACEQMRAD8AigJbeI4BQHKwALyMjgFAcv/Z"
)
HEIC = b"\x00\x00\x00\x18ftypheic" + bytes(40)
RTF = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}Ren\'e9e Placeholder\par Date: 3 October 2025\par}"
PROGRAM = b"MZ\x90\x00" + bytes(200)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><body onload=alert(1)></body></html>"


def pdf(
    text: str = "A plan",
    *,
    inside: bytes = b"",
    trailer: bytes = b"",
    under: bytes = b"",
    over: bytes = b"",
    page: bytes = b"",
) -> bytes:
    """Give a PDF of one page with these lines.

    Args:
        inside: what stands in its catalogue besides. trailer: what stands in its trailer besides.
        under, over: what is drawn before and after the lines. page: what its page says besides.
    """
    lines = " ".join(
        f"({line.replace(chr(92), '').replace('(', '').replace(')', '')}) Tj T*"
        for line in text.split("\n")
    )
    words = f"BT /F1 12 Tf 14 TL 72 720 Td {lines} ET".encode("latin-1")
    stream = under + b" " + words + b" " + over
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R " + inside + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE.removesuffix(b">>") + page + b" >>",
        b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    return _pdf_of(parts, trailer)


def _pdf_of(parts: list[bytes], trailer: bytes) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R " % (len(parts) + 1) + trailer + b">>\n"
    return out + b"startxref\n%d\n%%%%EOF\n" % start


def pdf_with_folded_script() -> bytes:
    """Give a PDF whose script stands in a folded object stream, under an escaped name."""
    folded = zlib.compress(b"6 0 << /S /J#61vaScript /J#53 (app.alert(1)) >>")
    part = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n"
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]
    return _pdf_of([*parts, part % len(folded) + folded + b"\nendstream"], b"")


def zipped(parts: dict[str, bytes | str], *, stored: bool = False) -> bytes:
    """Give a ZIP file with these parts."""
    file = io.BytesIO()
    how = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(file, "w", how) as archive:
        for name, content in parts.items():
            part = zipfile.ZipInfo(name, (2025, 10, 3, 9, 0, 0))
            part.compress_type = how
            archive.writestr(part, content)
    return file.getvalue()


def docx(
    text: str = "A plan", *, main: str = _MAIN, more: dict[str, bytes | str] | None = None
) -> bytes:
    """Give a Word document with these paragraphs."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    body = f'<w:document xmlns:w="{_W}"><w:body>{paragraphs}</w:body></w:document>'
    parts = {"[Content_Types].xml": _TYPES.format(main=main), "word/document.xml": body}
    return zipped({**parts, **(more or {})})


def odt(text: str = "A plan", *, more: dict[str, bytes | str] | None = None) -> bytes:
    """Give an OpenDocument text."""
    body = (
        '<office:document-content xmlns:office="o" xmlns:text="t"><office:body>'
        f"<text:p>{text}</text:p></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    return zipped(
        {"mimetype": kind, "content.xml": body, "META-INF/manifest.xml": "<m/>", **(more or {})}
    )


def old_office(*names: str) -> bytes:
    """Give the smallest file of the old office programs that has these parts."""
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    table = bytearray(b"\xff" * 512)
    sectors = -(-(len(names) + 1) // 4)
    following = [*range(2, sectors + 1), 0xFFFFFFFE]
    struct.pack_into(f"<{1 + sectors}I", table, 0, 0xFFFFFFFD, *following)
    entries = b"".join(
        _entry(name, 5 if n == 0 else 2) for n, name in enumerate(("Root Entry", *names))
    )
    return bytes(header + table) + entries.ljust(sectors * 512, b"\0") + bytes(512)


def _entry(name: str, kind: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return encoded.ljust(64, b"\0") + struct.pack("<HB", len(encoded), kind) + bytes(61)


def bomb(unfolds: int) -> bytes:
    """Give a Word document, small here, whose picture unfolds to so many bytes."""
    return docx(more={"word/media/big.bin": bytes(unfolds)})


def locked_zip() -> bytes:
    """Give a ZIP file whose part says that it is encrypted."""
    plain = bytearray(docx())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = plain.find(mark)
        while at >= 0:
            plain[at + place] |= 1
            at = plain.find(mark, at + 4)
    return bytes(plain)


def turned(photo: bytes, word: str) -> bytes:
    """Give a photo as a telephone held upright takes it: it is to be turned, and says its make."""
    make = word.encode() + b"\0"
    tags = struct.pack("<HHHII", 2, 0x0112, 3, 1, 6)
    tags += struct.pack("<HHII", 0x010F, 2, len(make), 38) + bytes(4)
    body = b"Exif\0\0II*\0\x08\0\0\0" + tags + make
    return photo[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + photo[2:]
