"""Two people changed the same record: what is asked, what is shown, what the answer means."""

import datetime as dt

import pytest
from django import forms as django_forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from opensenco.ui import forms, gallery
from opensenco.ui.conflict import compare, differences, resolve
from tests.ui.drawn import Reader, page

HOW = [("group", "In a group"), ("alone", "One to one")]


class Plan(forms.VersionedForm):
    outcome = forms.LongText(label="Outcome")
    aim = forms.Words(label="Aim", required=False)
    by = forms.GovDateField(label="By")
    how = django_forms.ChoiceField(label="How", choices=HOW)
    told = django_forms.BooleanField(label="Told", required=False)


BEFORE = {
    "version": 4,
    "outcome": "Reads 60 words",
    "aim": "60",
    "by": dt.date(2026, 12, 11),
    "how": "group",
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
            "told": "on",
            **{name.replace("__", "-"): value for name, value in changes.items()},
        }
    )
    return Plan(data)


def stands(**changes: object) -> Plan:
    return Plan(initial={**BEFORE, "version": 5, **changes})


def test_only_what_both_changed_is_asked():
    found = compare(
        sent(outcome="Mine", aim="70"), stands(outcome="Theirs", how="alone"), Plan(initial=BEFORE)
    )
    assert [clash.name for clash in found.clashes] == ["outcome"]
    carried = dict(found.carried)
    assert carried["aim"] == "70"
    assert carried["how"] == "alone"
    assert carried["version"] == "5"


def test_without_the_text_before_every_difference_is_asked():
    found = compare(sent(aim="70"), stands(how="alone"))
    assert [clash.name for clash in found.clashes] == ["aim", "how"]
    assert found.clashes[1].mine_words == "In a group"
    assert not found.clashes[1].text


def test_a_day_is_shown_in_words_and_sent_in_parts():
    [clash] = compare(sent(by__day="4"), stands(by=dt.date(2026, 12, 18))).clashes
    assert clash.theirs_words == "18 December 2026"
    assert clash.mine == [("by-day", "4"), ("by-month", "12"), ("by-year", "2026")]


def answered(found, **choices: str) -> QueryDict:
    """Give what a browser sends from the page."""
    data = QueryDict(mutable=True)
    for name, value in found.carried:
        data.appendlist(name, value)
    for clash in found.clashes:
        data.appendlist("clash", clash.name)
        for side, values in (("mine", clash.mine), ("theirs", clash.theirs)):
            for name, value in values:
                data.appendlist(f"{side}-{name}", value)
    for name, value in choices.items():
        data[name.replace("__", "-")] = value
    return resolve(data)


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("mine", "Mine"), ("theirs", "Theirs"), ("both", "A third"), ("odd", "Mine")],
)
def test_the_choice_becomes_the_forms_data(choice, kept):
    found = compare(sent(outcome="Mine"), stands(outcome="Theirs"), Plan(initial=BEFORE))
    data = answered(found, keep__outcome=choice, both__outcome="A third")
    form = Plan(data)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["outcome"] == kept
    assert form.cleaned_data["version"] == 5
    assert form.cleaned_data["told"] is True
    assert not [name for name in data if name.startswith(("mine-", "theirs-", "both-", "keep-"))]


def test_a_day_and_a_box_can_be_chosen_too():
    mine, theirs = sent(by__day="4"), stands(by=dt.date(2026, 12, 18), told=False)
    found = compare(mine, theirs)
    form = Plan(answered(found, keep__by="theirs", keep__told="theirs"))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["by"] == dt.date(2026, 12, 18)
    assert form.cleaned_data["told"] is False


def test_data_without_a_clash_is_left_alone():
    data = QueryDict("a=1&a=2&b=%3Cb%3E")
    assert resolve(data) == data


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


def test_the_page_carries_both_texts_and_offers_a_third():
    read = Reader(
        page(
            "ui/conflict.html",
            comparison=gallery.comparison(),
            action="/plans/7/",
            what="outcome 2",
            who="Ms Raman",
            their_role="class teacher",
            their_moment=dt.datetime(2026, 11, 23, 9, 39, tzinfo=dt.UTC),
            my_name="Amara Okafor",
            my_role="SENCO",
            my_moment=dt.datetime(2026, 11, 23, 9, 42, tzinfo=dt.UTC),
            back="Plan, cycle 3",
            back_url="/plans/7/",
        )
    )
    assert read.text("h1") == "You and Ms Raman both changed outcome 2"
    assert read.one("input", name="clash")[0]["value"] == "outcome"
    assert [a["value"] for a, _ in read.all("input", name="keep-outcome") if "checked" in a] == [
        "both"
    ]
    third = read.one("textarea", name="both-outcome")[1]
    assert "60 of the first 100 words" in third
    assert "45 words from his own list" in third
    assert read.one("input", name="version")[0]["value"] == "5"
    assert not read.unclosed
