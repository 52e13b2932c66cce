"""Two people changed the same record: what is shown of both, in words, and what differs."""

import datetime as dt

from django import forms as django_forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from opensenco.ui import forms, gallery
from opensenco.ui.conflict import Clash, clashes, differences
from tests.ui.drawn import Reader, page

HOW = [("", "Choose"), ("group", "In a group"), ("alone", "One to one")]


class Plan(forms.VersionedForm):
    outcome = forms.LongText(label="Outcome")
    aim = forms.Words(label="Aim", required=False)
    by = forms.GovDateField(label="By")
    how = django_forms.ChoiceField(label="How", choices=HOW)
    helps = django_forms.MultipleChoiceField(label="Helps", choices=HOW, required=False)
    told = django_forms.BooleanField(label="Told", required=False)


STANDS = {
    "version": 5,
    "outcome": "Reads 60 words",
    "aim": "60",
    "by": dt.date(2026, 12, 11),
    "how": "group",
    "helps": ["group"],
    "told": True,
}


def sent(**changes: str) -> Plan:
    data = QueryDict(mutable=True)
    data.update(
        {
            "version": "4",
            "outcome": "Reads 60 words",
            "aim": "60",
            "by-day": "11",
            "by-month": "12",
            "by-year": "2026",
            "how": "group",
            "helps": "group",
            "told": "on",
            **{name.replace("__", "-"): value for name, value in changes.items()},
        }
    )
    form = Plan(data)
    assert form.is_valid(), form.errors
    return form


def test_what_both_say_alike_is_not_shown_nor_the_version():
    assert clashes(sent(), STANDS) == []
    assert clashes(sent(aim="70"), {"version": 9, "outcome": "Reads 60 words"}) == []


def test_both_sides_are_in_the_words_of_the_form():
    theirs = {**STANDS, "by": dt.date(2026, 12, 18), "how": "alone", "helps": [], "told": False}
    found = clashes(sent(outcome="Mine", aim=""), theirs)
    assert found == [
        Clash("outcome", "Outcome", "Mine", "Reads 60 words"),
        Clash("aim", "Aim", "", "60"),
        Clash("by", "By", "11 December 2026", "18 December 2026"),
        Clash("how", "How", "In a group", "One to one"),
        Clash("helps", "Helps", "In a group", ""),
        Clash("told", "Told", "Yes", "No"),
    ]


def test_an_empty_side_says_nothing_in_a_word():
    mine, theirs = Clash("aim", "Aim", "", "60").sides
    assert [run.text for run in mine] == ["nothing"]
    assert [run.text for run in theirs] == ["60"]


def test_differences_are_marked_as_phrases():
    mine, theirs = differences("Idris reads 60 words at sight", "Idris reads 45 words in sentences")
    assert [(run.text, run.changed) for run in mine] == [
        ("Idris reads ", False),
        ("60 words at sight", True),
    ]
    assert [run.text for run in theirs if run.changed] == ["45 words in sentences"]


@given(st.text(), st.text())
def test_nothing_of_either_text_is_lost(mine, theirs):
    left, right = differences(mine, theirs)
    assert "".join(run.text for run in left) == mine
    assert "".join(run.text for run in right) == theirs


def test_very_long_texts_are_compared_line_by_line():
    lines = "".join(f"line {n} of many words in a row\n" for n in range(2_000))
    left, right = differences(lines, lines.replace("line 7 ", "line seven "))
    assert [run.text for run in left if run.changed] == ["line 7 of many words in a row\n"]
    assert "".join(run.text for run in right).count("line seven") == 1


def test_the_page_shows_both_texts_side_by_side():
    read = Reader(page("ui/gallery.html", **gallery.context()))
    shown = " ".join(read.text("main").split())
    assert "Two versions of the same record" in shown
    for words in ("60 of the first 100 words", "45 words from his own list", "18 December 2026"):
        assert words in shown
    assert not read.unclosed
