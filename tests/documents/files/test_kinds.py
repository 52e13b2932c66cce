"""A file is what it holds and not what it is called; what could do harm is refused in words."""

import mmap
import struct
import subprocess
import sys

import pytest

from opensenco.documents.files import folded, kinds
from opensenco.documents.files.child import WHOLE
from opensenco.documents.files.opening import Inside, inside, opens_without_password
from opensenco.documents.files.refusal import MEGABYTE, FileNotTaken
from tests.documents import samples

ENTITIES = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


def look(tmp_path, content: bytes) -> kinds.Found:
    file = tmp_path / "x"
    file.write_bytes(content)
    return kinds.look(file)


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("pdf", samples.pdf()),
        ("docx", samples.docx()),
        ("doc", samples.old_office("WordDocument", "1Table")),
        ("odt", samples.odt()),
        ("rtf", samples.RTF),
        ("txt", "Renée wrote this.\r\n".encode()),
        ("txt", "Renée wrote this.".encode("cp1252")),
        ("txt", "Renée wrote this.".encode("utf-16")),
        ("jpeg", samples.JPEG),
        ("png", samples.PNG),
        ("heic", samples.HEIC),
    ],
)
def test_each_kind_is_told_by_its_content(tmp_path, code, content):
    found = look(tmp_path, content)
    assert found.kind.code == code
    assert not found.warnings
    assert not found.locked


@pytest.mark.parametrize(
    ("words", "content"),
    [
        ("empty", b""),
        ("is a program", samples.PROGRAM),
        ("is a program", b"#!/bin/sh\necho harm\n"),
        ("is a program", b"\x7fELF" + bytes(100)),
        ("run scripts", samples.SVG),
        ("run scripts", b'<?xml version="1.0"?>\n' + samples.SVG),
        ("run scripts", samples.HTML),
        ("run scripts", b"Dear all\n" + samples.HTML),
        ("macros", samples.docx(more={"word/vbaProject.bin": b"x"})),
        ("macros", samples.docx(main="application/vnd.ms-word.document.macroEnabled.main+xml")),
        ("macros", samples.old_office("WordDocument", "Macros", "_VBA_PROJECT")),
        ("macros", samples.odt(more={"Basic/Standard/a.xml": "x"})),
        ("password", samples.locked_zip()),
        ("password", samples.old_office("EncryptedPackage", "EncryptionInfo")),
        ("password", samples.odt(more={"META-INF/manifest.xml": "<manifest:encryption-data/>"})),
        ("another file inside", samples.docx(more={"word/embeddings/oleObject1.bin": b"x"})),
        ("another file inside", samples.old_office("WordDocument", "ObjectPool")),
        ("another file inside", rb"{\rtf1 {\object\objdata 0105}}"),
        ("unfolds", samples.zipped({f"{n}.txt": b"" for n in range(2_001)})),
        ("archive", samples.zipped({"a.txt": "x"})),
        ("archive", b"Rar!\x1a\x07\x01\x00" + bytes(50)),
        ("spreadsheet", samples.zipped({"[Content_Types].xml": "<T/>", "xl/workbook.xml": "<w/>"})),
        ("spreadsheet", samples.old_office("Workbook")),
        ("damaged", samples.pdf()[:-40]),
        ("damaged", samples.docx()[:-30]),
        ("damaged", samples.old_office("WordDocument")[:700]),
        ("do not know this kind", bytes(range(256)) * 4),
    ],
)  # fmt: skip
def test_what_is_refused_says_why_and_what_to_do(tmp_path, words, content):
    with pytest.raises(FileNotTaken) as refused:
        look(tmp_path, content)
    assert words in str(refused.value)
    assert str(refused.value).count(".") >= 1


@pytest.mark.parametrize(
    "content",
    [
        samples.pdf(inside=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
        samples.pdf(inside=b"/OpenAction << /S /J#61vaScript /J#53 (x) >>"),
        samples.pdf(inside=b"/AA << /O << /S /Launch /F (calc.exe) >> >>"),
        samples.pdf(inside=b"/Names << /EmbeddedFiles << >> >>"),
        samples.pdf_with_folded_script(),
    ],
)
def test_a_pdf_that_could_act_is_kept_with_a_warning(tmp_path, content):
    assert look(tmp_path, content).warnings == ("acts",)


def test_words_in_a_pdf_are_no_script(tmp_path):
    assert not look(tmp_path, samples.pdf("He likes JavaScript and JS")).warnings


def test_a_word_document_that_fetches_its_template_is_kept_with_a_warning(tmp_path):
    link = '<r Type="http://x/attachedTemplate" Target="http://x/y.dotm" TargetMode="External"/>'
    found = look(tmp_path, samples.docx(more={"word/_rels/settings.xml.rels": link}))
    assert found.warnings == ("outside",)


def test_a_bomb_is_counted_and_not_believed(tmp_path, monkeypatch):
    monkeypatch.setattr(folded, "MOST_UNFOLDED", 2 * MEGABYTE)
    content = bytearray(samples.bomb(3 * MEGABYTE))
    for claims in (3 * MEGABYTE, 10):
        at = content.rfind(b"word/media/big.bin") - 46
        struct.pack_into("<I", content, at + 24, claims)
        with pytest.raises(FileNotTaken, match=r"unfolds|damaged"):
            look(tmp_path, bytes(content))


def test_first_words_are_read_in_a_child_that_a_hostile_file_cannot_stop(tmp_path, monkeypatch):
    # an installation has no such variable; the child finds the tree by itself
    monkeypatch.delenv("PYTHONPATH", raising=False)
    files = []
    for name, kind, content in (
        ("a", "pdf", samples.pdf("Amara Okoye\nDate: 3 October 2025")),
        ("b", "pdf", b"%PDF-1.4\n" + b"1 0 obj [" * 50_000 + b"%%EOF"),
        ("c", "docx", samples.docx("Amara Okoye\nBorn 1 May 2018")),
        ("d", "docx", samples.zipped({"word/document.xml": ENTITIES})),
        ("e", "odt", samples.odt("Amara Okoye")),
        ("f", "rtf", samples.RTF),
        ("g", "doc", samples.old_office("WordDocument")),
    ):  # fmt: skip
        path = tmp_path / name
        path.write_bytes(content)
        files.append((path, kind))
    read = list(inside(files))
    assert [one.opened for one in read] == [True, False, True, False, True, True, True]
    assert "Amara Okoye" in read[0].words
    assert "3 October 2025" in read[0].words
    assert read[2].words.splitlines() == ["Amara Okoye", "Born 1 May 2018"]
    assert "Amara Okoye" in read[4].words
    assert "Renée Placeholder\nDate: 3 October 2025" in read[5].words


def test_a_pdf_that_is_locked_against_changes_opens_and_one_with_a_password_does_not(tmp_path):
    code = (
        "import sys; from pypdf import PdfWriter, PdfReader\n"
        "for name, word in (('open', ''), ('shut', 'secret')):\n"
        "    w = PdfWriter(clone_from=PdfReader(sys.argv[1])); \n"
        "    w.encrypt(user_password=word, owner_password='owner', algorithm='RC4-128')\n"
        "    w.write(sys.argv[1] + name)\n"
    )
    plain = tmp_path / "p"
    plain.write_bytes(samples.pdf())
    subprocess.run([sys.executable, "-W", "ignore", "-c", code, str(plain)], check=True)
    assert kinds.look(tmp_path / "popen").locked
    assert opens_without_password(tmp_path / "popen")
    assert not opens_without_password(tmp_path / "pshut")


def test_reading_stops_where_its_time_is_over(tmp_path):
    file = tmp_path / "x"
    file.write_bytes(samples.pdf())
    assert list(inside([(file, "pdf")] * 2, seconds=-1)) == [Inside(False)] * 2


def test_all_words_are_read_within_limits_and_a_hostile_file_stops_no_other(tmp_path):
    long = "word " * 60_000
    files = []
    for name, kind, content in (
        ("a", "docx", samples.docx("\n".join(["Page of many"] * 40_000))),
        ("b", "pdf", b"%PDF-1.4\n" + b"1 0 obj [" * 50_000 + b"%%EOF"),
        ("c", "txt", long.encode()),
        ("d", "docx", samples.zipped({"word/document.xml": ENTITIES})),
        ("e", "pdf", samples.pdf("Amara Okoye")),
        ("f", "jpeg", samples.JPEG),
    ):  # fmt: skip
        path = tmp_path / name
        path.write_bytes(content)
        files.append((path, kind))
    files.append((tmp_path / "gone", "pdf"))
    read = list(inside(files, whole=True))
    assert [one.opened for one in read] == [True, False, True, False, True, True, False]
    assert [len(read[n].words) for n in (0, 2)] == [WHOLE.letters] * 2
    assert "Amara Okoye" in read[4].words
    assert read[5].words == ""


def test_a_file_is_read_however_large_the_process_that_asks_is(tmp_path):
    file = tmp_path / "x"
    file.write_bytes(samples.pdf("Amara Okoye"))
    with mmap.mmap(-1, 2048 * MEGABYTE):
        read = list(inside([(file, "pdf")]))
    assert read[0].opened
    assert "Amara Okoye" in read[0].words
