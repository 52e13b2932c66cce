"""Numbers that a school or an authority enters in a file, CSV or TOML."""

import re
from datetime import date
from pathlib import Path

import pytest

from opensenco.law.overlay_file import COLUMNS, read_numbers
from opensenco.law.parameters import Origin, Overlay, known
from opensenco.law.rule import BadFact

pytestmark = pytest.mark.rule("CAL-16")
HEAD = ",".join(COLUMNS)
ROW = "concern.reply_school_days,2026-09-01,,5,A policy,school"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "law" / "README.md"
SCHOOL = Overlay(
    key="concern.reply_school_days",
    first=date(2026, 9, 1),
    last=None,
    value=5,
    source="Communication policy, 1 July 2026",
    origin=Origin.SCHOOL,
)
AUTHORITY = Overlay(
    key="rev.review_anchor",
    first=date(2026, 1, 1),
    last=date(2027, 12, 31),
    value="meeting",
    source="SEND panel minute 14",
    origin=Origin.AUTHORITY,
)


def block(kind: str) -> str:
    """The one example of that kind on the page."""
    (found,) = re.findall(rf"```{kind}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return str(found)


def test_the_examples_of_the_page_are_read() -> None:
    assert read_numbers(block("csv"), "a.csv").overlays == (SCHOOL, AUTHORITY)
    assert read_numbers(block("toml"), "a.toml").overlays == (SCHOOL,)


def test_the_page_names_every_number_that_may_be_set() -> None:
    told = dict(re.findall(r"^\| `([a-z_.]+)` \| .* \| (.*?) \|$", PAGE.read_text("utf-8"), re.M))
    assert told == {
        key: " or ".join(each.choices) or f"{each.least} to {each.most}"
        for key, each in known().items()
        if each.settable
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"\ufeff{HEAD}\r\n{ROW}\r\n,,,,,\r\n", "a.csv"),
        (f"{HEAD.upper()}\n\n {ROW.replace(',', ' , ')} \n", "numbers"),
        (
            (
                '\ufeff[[number]]\r\nkey = "concern.reply_school_days"\r\nfrom = "2026-09-01"\r\n'
                'to = ""\r\nvalue = "5"\r\nsource = "A policy"\r\norigin = "school"\r\n'
            ),
            "A.TOML",
        ),
    ],
)
def test_a_file_is_read_whatever_saved_it(text: str, name: str) -> None:
    (overlay,) = read_numbers(text, name).overlays
    assert (overlay.value, overlay.source, overlay.last) == (5, "A policy", None)
    assert (overlay.first, overlay.origin) == (date(2026, 9, 1), Origin.SCHOOL)


def test_rows_may_stand_in_any_order_and_an_empty_table_changes_nothing() -> None:
    later = "concern.reply_school_days,2027-09-01,,7,A policy,school"
    earlier = "concern.reply_school_days,2026-09-01,2027-08-31,5,A policy,school"
    assert len(read_numbers(f"{HEAD}\n{later}\n{earlier}\n", "a.csv").overlays) == 2
    assert read_numbers(HEAD, "a.csv").overlays == ()
    assert read_numbers("", "a.toml").overlays == ()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("concern.reply_school_days,2026-09-01,,5,A policy", "Line 2 must have six parts: key"),
        ("concern.reply_days,2026-09-01,,5,A policy,school", "Line 2, key: There is no number of"),
        (f"{ROW}\n\nehc.decision_weeks,2026-09-01,,5,x,school", "Line 4, key: "),
        ("concern.reply_school_days,2026-09-31,,5,A policy,school", "Line 2, from: Enter a real"),
        ("concern.reply_school_days,,,5,A policy,school", "Line 2, from: This is needed."),
        ("concern.reply_school_days,2026-09-01,x,5,A policy,school", "Line 2, to: Write the date"),
        (
            "concern.reply_school_days,2026-09-01,2026-08-31,5,A policy,school",
            "Line 2, to: The end must be on or after the start.",
        ),
        (
            "concern.reply_school_days,2026-09-01,,61,A policy,school",
            "Line 2, value: Enter a whole",
        ),
        ("concern.reply_school_days,2026-09-01,,five,A policy,school", "Line 2, value: Enter a wh"),
        ("concern.reply_school_days,2026-09-01,,-5,A policy,school", "Line 2, value: Enter a whol"),
        ("concern.reply_school_days,2026-09-01,,9999999999,x,school", "Line 2, value: Enter a who"),
        ("concern.reply_school_days,2026-09-01,,5, ,school", "Line 2, source: This is needed."),
        ("concern.reply_school_days,2026-09-01,,5,A policy,shipped", "Line 2, origin: Write autho"),
        ("rev.review_anchor,2026-09-01,,letter,A policy,authority", "Line 2, value: Enter one of"),
        ("rev.period_months,2026-09-01,,6,A policy,authority", "Line 2, key: This number is fixed"),
        (f"{ROW}\n{ROW}", "Line 3, from: Another number is already in force in part of this time"),
        ('concern.reply_school_days,2026-09-01,,5,"A policy,school', "Line 2 is not well written"),
        ('concern.reply_school_days,2026-09-01,,5,"A" policy,school', "Line 2 is not well writte"),
    ],
)
def test_a_row_that_cannot_be_names_its_line_and_column(rows: str, words: str) -> None:
    with pytest.raises(BadFact) as refused:
        read_numbers(f"{HEAD}\n{rows}\n", "a.csv")
    assert str(refused.value).startswith(f"CAL-16, numbers: {words}")


@pytest.mark.parametrize("text", ["", "key,from", HEAD.replace(",", ";"), "\x00"])
def test_a_table_without_its_columns_is_refused(text: str) -> None:
    with pytest.raises(BadFact, match="The first line of the numbers must be: key,from,to,value"):
        read_numbers(text, "a.csv")


GOOD = {
    "key": '"concern.reply_school_days"',
    "from": "2026-09-01",
    "value": "5",
    "source": '"A policy"',
    "origin": '"school"',
}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"key": "[1]"}, "Number 1, key: There is no number of this name."),
        ({"from": "2026-09-01T12:00:00"}, "Number 1, from: Write the date"),
        ({"from": "1815-06-18"}, "Number 1, from: The year must be from 1900 to 2199."),
        ({"to": "2026-08-31"}, "Number 1, to: The end must be on or after the start."),
        ({"value": "true"}, "Number 1, value: Enter a whole number from 1 to 60."),
        ({"value": "5.0"}, "Number 1, value: Enter a whole number from 1 to 60."),
        ({"value": "[5]"}, "Number 1, value: Enter a whole number from 1 to 60."),
        ({"source": "7"}, "Number 1, source: Write it in words."),
        ({"source": '" "'}, "Number 1, source: Say where this number comes from"),
        ({"origin": "[1]"}, "Number 1, origin: Write authority or school."),
        ({"until": "2026-08-31"}, "Number 1, until: There is no such column."),
        ({"value": "5\nvalue = 6"}, "This is not TOML: "),
    ],
)
def test_a_table_of_toml_that_cannot_be_names_its_number(
    changed: dict[str, str], words: str
) -> None:
    text = "\n".join(f"{name} = {value}" for name, value in (GOOD | changed).items())
    with pytest.raises(BadFact) as refused:
        read_numbers(f"[[number]]\n{text}\n", "a.toml")
    assert str(refused.value).startswith(f"CAL-16, numbers: {words}")


@pytest.mark.parametrize("text", ["number = 1", "number = [1]", "[numbers]\na = 1", "[number]"])
def test_other_toml_is_refused(text: str) -> None:
    with pytest.raises(BadFact, match="Write a table"):
        read_numbers(text, "a.toml")


def test_toml_without_end_is_refused() -> None:
    with pytest.raises(BadFact, match="This is not TOML"):
        read_numbers(f"a = {'[' * 100_000}", "a.toml")
