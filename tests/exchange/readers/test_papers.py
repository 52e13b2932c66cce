"""ZIP files of papers are unpacked in pieces, and never trusted."""

import io
import random
import warnings
import zipfile

import pytest

from opensenco.documents.files import folded
from opensenco.documents.files.refusal import FileNotTaken
from opensenco.exchange.readers import bombs, papers
from opensenco.exchange.readers.words import FileRefused
from tests.documents import samples


def read(content: bytes, most: int = 10_000_000) -> list[tuple[str, str, int]]:
    file = io.BytesIO(content)
    return [
        (one.folder, one.name, len(b"".join(one.pieces))) for one in papers.unpacked(file, most)
    ]


def test_names_and_folders_are_given_and_litter_is_left_out():
    content = samples.zipped(
        {
            "Okoye, Amara/IEP.docx": b"abc",
            "../../etc/passwd": b"x",
            "__MACOSX/Okoye, Amara/._IEP.docx": b"x",
            "Okoye, Amara/~$IEP.docx": b"x",
            "Okoye, Amara/": b"",
            "Thumbs.db": b"x",
        }
    )
    assert read(content) == [("Okoye, Amara", "IEP.docx", 3), ("../../etc", "passwd", 1)]


def test_a_word_document_is_no_zip_file_of_papers():
    assert papers.is_zip(io.BytesIO(samples.zipped({"a.txt": b"x"})))
    assert not papers.is_zip(io.BytesIO(samples.docx()))
    assert not papers.is_zip(io.BytesIO(samples.odt()))
    assert not papers.is_zip(io.BytesIO(samples.pdf()))
    assert papers.is_zip(io.BytesIO(b"PK\x03\x04broken"))


def test_a_link_in_a_zip_file_leads_nowhere():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert read(file.getvalue()) == []


@pytest.mark.parametrize(
    ("words", "file"),
    [
        ("unfolds to more than", lambda: samples.zipped({"a": bytes(12_000_000)})),
        (
            "unfolds to more than",
            lambda: samples.zipped({f"{n}": bytes(2_000_000) for n in range(6)}),
        ),
        ("more than 1000 papers", lambda: samples.zipped({f"{n}.txt": b"" for n in range(1_001)})),
        ("more than 1000 papers", lambda: samples.zipped({f"{n}/": b"" for n in range(2_001)})),
        ("password", lambda: samples.locked_zip()),
        ("damaged", lambda: samples.zipped({"a.txt": b"x" * 500}, stored=True)[:-30]),
        (
            "damaged",
            lambda: samples.zipped({"a.txt": b"xy" * 50}, stored=True).replace(b"xyxy", b"zzzz"),
        ),
    ],
)
def test_what_cannot_be_unpacked_is_refused_in_words(words, file):
    with pytest.raises(FileRefused, match=words):
        read(file())


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_is_packed_in_an_unusual_way_is_refused_before_it_is_unfolded(method):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("xl/workbook.xml", b"x" * 1000)
    for refuse in (read, lambda content: bombs.check(io.BytesIO(content))):
        with pytest.raises(FileRefused, match="damaged"):
            refuse(file.getvalue())
    with pytest.raises(FileNotTaken, match="damaged"):
        folded.parts_of(file)


def test_a_forged_zip_file_is_refused_in_words_whatever_is_wrong_in_it():
    drawn = random.Random(7)
    whole = samples.zipped({"Okoye, Amara/IEP.txt": b"a" * 99, "xl/workbook.xml": b"<workbook/>"})
    refused = 0
    for _try in range(1500):
        forged = bytearray(whole)
        for _byte in range(drawn.randint(1, 6)):
            forged[drawn.randrange(len(forged))] = drawn.randrange(256)
        for look in (read, lambda content: bombs.check(io.BytesIO(content)), documents):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    look(bytes(forged))
                except (FileRefused, FileNotTaken):
                    refused += 1
    assert refused > 1500


def documents(content: bytes) -> None:
    papers.is_zip(io.BytesIO(content))
    folded.parts_of(io.BytesIO(content))
