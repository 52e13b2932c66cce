import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opensenco.exchange.readers.source import MEGABYTE, examine
from opensenco.exchange.readers.table import Broken, Row, Shape, find_shape, records
from opensenco.exchange.readers.words import FileRefused

COMMA = Shape(",", 1)


def read(data: bytes, shape: Shape = COMMA, *, salvage: bool = False) -> list[Row | Broken]:
    with examine(data, MEGABYTE * 4).open_text() as stream:
        return list(records(stream, shape, salvage=salvage))


def cells(data: bytes, shape: Shape = COMMA) -> list[list[str]]:
    return [row.cells for row in read(data, shape) if isinstance(row, Row)]


@pytest.mark.vector("DTV-25")
def test_cp1252_is_read_where_utf8_is_not_valid() -> None:
    assert cells(bytes.fromhex("53 74 20 53 74 65 70 68 65 6E 92 73")) == [["St Stephen\u2019s"]]
    assert cells(b"\xe0 \x96") == [["à \N{EN DASH}"]]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"\xef\xbb\xbfZo\xc3\xab", "utf-8-sig"),
        ("Zoë".encode(), "utf-8"),
        (b"Zo\xeb", "cp1252"),
        ("Zoë".encode("utf-16"), "utf-16"),
        ("\ufeffZoë".encode("utf-16-be"), "utf-16"),
    ],
)
def test_the_encoding_is_found_and_kept(data: bytes, encoding: str) -> None:
    assert examine(data, MEGABYTE).encoding == encoding
    assert cells(data) == [["Zoë"]]


def test_letters_without_a_meaning_are_counted_from_the_first_byte() -> None:
    # The first piece is valid UTF-8 by itself; only the last byte of the file shows that it is not.
    data = b"\xc2\x81" + b"a" * (MEGABYTE + 10) + b"\xe9"
    source = examine(data, 2 * MEGABYTE)
    assert (source.encoding, source.unreadable) == ("cp1252", 1)
    assert examine(b"\xef\xbb\xbf\xff", MEGABYTE).unreadable == 1


@pytest.mark.parametrize(
    ("data", "encoding", "count"),
    [
        ("Zoë\r\n".encode() + b"Zo\xeb\r\n", "cp1252", 1),
        ("O’Neil, Zoë\r\n".encode() + b"\x92s\r\n", "cp1252", 2),
        ("ZoÃ« O’Neil".encode(), "utf-8", 1),
        ("Zoë, JOÃO, Seán O’Neil, Łucja, £20".encode(), "utf-8", 0),
        ("Zoë, JOÃO, £20".encode("cp1252"), "cp1252", 0),
    ],
)
def test_letters_written_in_two_ways_in_one_file_are_counted(data, encoding, count) -> None:
    source = examine(data, MEGABYTE)
    assert (source.encoding, source.twice_written) == (encoding, count)


def test_the_digest_and_size_are_those_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(b"a,b\r\n1,2\r\n")
    source = examine(file, MEGABYTE)
    assert source.size == 10
    assert source.digest == hashlib.sha256(file.read_bytes()).hexdigest()
    assert "list.csv" not in repr(source)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\t", "empty"),
        (b"PK\x03\x04rest", "Excel"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1", "Word"),
        (b"\xef\xbb\xbf <HTML><table>", "web page"),
        (b"<?xml version='1.0'?>", "XML"),
        ("Zoë,x".encode("utf-16-le"), "not a text file"),
        (b"\x00" * 100, "not a text file"),
    ],
)
def test_another_kind_of_file_is_named(data: bytes, said: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        examine(data, MEGABYTE)
    assert said in refusal.value.sentence


def test_a_file_that_cannot_be_opened_is_refused_without_its_path(tmp_path: Path) -> None:
    for path in (tmp_path / "Ada Okafor.csv", tmp_path, Path("a\0b")):
        with pytest.raises(FileRefused) as refusal:
            examine(path, MEGABYTE)
        assert "Ada" not in refusal.value.sentence


def test_a_large_file_is_refused_before_it_is_all_read(tmp_path: Path) -> None:
    file = tmp_path / "large.csv"
    file.write_bytes(b"a,b\r\n" * (3 * MEGABYTE // 5))
    with pytest.raises(FileRefused, match="larger than 2 MB"):
        examine(file, 2 * MEGABYTE)
    with pytest.raises(FileRefused, match="larger than 1 MB"):
        examine(b"a" * (MEGABYTE + 1), MEGABYTE)


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_any_line_end_and_blank_lines(end: bytes) -> None:
    data = end.join([b"a,b", b"", b"1,2", b" , ", b"3,4"])
    rows = read(data)
    assert [(row.line, row.cells) for row in rows] == [
        (1, ["a", "b"]),
        (3, ["1", "2"]),
        (5, ["3", "4"]),
    ]


def test_line_breaks_and_quotes_inside_quotes() -> None:
    rows = read(b'a,b\r\n"1\r\n2","He said ""no"""\r\n3,4\r\n')
    assert [row.cells for row in rows[1:]] == [["1\r\n2", 'He said "no"'], ["3", "4"]]
    assert [row.line for row in rows] == [1, 2, 4]


def test_a_row_of_another_length_is_set_aside_and_never_padded() -> None:
    rows = read(b"a,b\n1\n1,2,3\n4,5\n")
    assert [type(row) for row in rows] == [Row, Broken, Broken, Row]
    assert [str(row.reason) for row in rows if isinstance(row, Broken)] == [
        "1 fields, header has 2.",
        "3 fields, header has 2.",
    ]
    assert rows[1].line == 2


@pytest.mark.parametrize("data", [b'a,b\n1,"cut', b'a,b\n"x"y,2\n', b'a,b\n1,2"\n"3\n'])
def test_a_row_cut_or_badly_quoted_is_set_aside(data: bytes) -> None:
    assert any(isinstance(row, Broken) for row in read(data))


def test_an_open_quote_costs_only_its_own_line_where_lines_can_be_told() -> None:
    head = b",".join(b"c%d" % n for n in range(50)) + b"\n"
    good = b",".join(b"%d" % n for n in range(50)) + b"\n"
    bad = b'"' + good
    without = read(head + bad + good * 300)
    salvaged = read(head + bad + good * 300, salvage=True)
    assert sum(isinstance(row, Row) for row in salvaged) == 301
    assert [row.line for row in salvaged if isinstance(row, Broken)] == [2]
    assert sum(isinstance(row, Row) for row in without) < 301
    assert any(isinstance(row, Broken) for row in without)


def test_a_cell_that_is_too_long_is_said() -> None:
    (_, row) = read(b"a,b\n1," + b"x" * 200_000 + b"\n")
    assert isinstance(row, Broken)
    assert "longer" in str(row.reason)


def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(FileRefused, match="longer than a row"):
        read(b"a,b\n" + b"," * 1_100_000)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_and_header_line_are_found(delimiter: str) -> None:
    text = "\r\n".join(
        ["sep=" + delimiter, "My report, of; all", "", delimiter.join("abc"), delimiter.join("123")]
    )
    source = examine(text.encode(), MEGABYTE)
    with source.open_text() as stream:
        shape = find_shape(stream, lambda row: sum(cell in {"a", "b", "c"} for cell in row))
    assert shape == Shape(delimiter, 4)
    with source.open_text() as stream:
        assert [row.line for row in records(stream, shape)] == [4, 5]


@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_a_refusal(data: bytes) -> None:
    try:
        found = read(data, salvage=True)
    except FileRefused:
        return
    width = {len(row.cells) for row in found if isinstance(row, Row)}
    assert len(width) <= 1
    assert [row.line for row in found] == sorted(row.line for row in found)
    assert "cells" not in repr(found)
