"""What a form says when it refuses: the fault and the mend, with what was typed."""

import datetime as dt

import pytest
from django import forms as django_forms
from django.http import QueryDict

from opensenco.ui import forms

HOW = [("group", "In a group"), ("alone", "One to one")]


class Sample(forms.Form):
    what = forms.LongText(label="What did you see?", max_length=5_000, required=False)
    short = forms.Words(label="Title", max_length=10, min_length=3, required=False)
    minutes = forms.WholeNumber(label="Minutes", min_value=5, max_value=60, required=False)
    email = forms.Email(label="Email", required=False)
    start = forms.GovDateField(label="First day", required=False)
    end = forms.PickDateField(label="Last day", required=False)
    how = django_forms.ChoiceField(label="How", choices=HOW, required=False)


def sent(**values: str) -> Sample:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data[name.replace("__", "-")] = value
    return Sample(data)


def said(form: django_forms.Form, name: str) -> list[str]:
    return [str(sentence) for sentence in form.errors.get(name, ())]


def test_too_long_says_by_how_much():
    assert said(sent(what="x" * 100_000), "what") == [
        "Shorten “What did you see” to 5,000 characters. You wrote 100,000."
    ]


def test_a_line_break_counts_as_one_character():
    assert sent(what="ab\r\n" * 1_666 + "ab").is_valid()
    form = sent(what="one\r\n two\r three")
    assert form.is_valid()
    assert form.cleaned_data["what"] == "one\n two\n three"


def test_too_short_is_said():
    assert said(sent(short="ab"), "short") == ["“Title” needs at least 3 characters. You wrote 2."]


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x1b", "\x9f", "\ud800"])
def test_control_characters_are_refused_with_a_sentence(bad):
    [sentence] = said(sent(what=f"one{bad}two"), "what")
    assert f"U+{ord(bad):04X}" in sentence
    assert "Take them out" in sentence


def test_tabs_lines_and_every_script_are_kept():
    text = "a\tb\nŁukasz, 山田, זהבה, 👩🏽‍🏫 e\u0301"
    form = sent(what=text)
    assert form.is_valid()
    assert form.cleaned_data["what"] == text


@pytest.mark.parametrize(("typed", "kept"), [("20", 20), (" 20 ", 20), ("0,020", 20), ("", None)])
def test_numbers_forgive_spaces_and_commas(typed, kept):
    form = sent(minutes=typed)
    assert form.is_valid()
    assert form.cleaned_data["minutes"] == kept


@pytest.mark.parametrize("typed", ["twenty", "2.5", "1e3", "²", "٣", "9" * 13, "--2"])
def test_what_is_no_whole_number_is_quoted(typed):
    assert said(sent(minutes=typed), "minutes") == [
        f"“Minutes” must be a whole number, like 20. You wrote “{typed}”"
    ]


def test_a_number_out_of_bounds_names_the_bounds():
    assert said(sent(minutes="61"), "minutes") == [
        "“Minutes” must be between 5 and 60. You wrote 61"
    ]


@pytest.mark.parametrize("typed", ["amara", "a@b", "a b@c.org", "@c.org", "a@c..org"])
def test_what_is_no_email_address_is_quoted(typed):
    [sentence] = said(sent(email=typed), "email")
    assert sentence.endswith(f"like name@example.org. You wrote “{typed}”")


def test_a_long_quotation_is_cut():
    [sentence] = said(sent(minutes="y" * 500), "minutes")
    assert "…" in sentence
    assert len(sentence) < 120


@pytest.mark.parametrize(
    ("day", "month", "year", "date"),
    [
        ("1", "9", "2026", dt.date(2026, 9, 1)),
        ("01", "09", "2026", dt.date(2026, 9, 1)),
        ("29", "February", "2028", dt.date(2028, 2, 29)),
        ("3", "sept", "2026", dt.date(2026, 9, 3)),
        ("3", "DEC.", "2026", dt.date(2026, 12, 3)),
    ],
)
def test_days_may_have_their_month_as_a_word(day, month, year, date):
    form = sent(start__day=day, start__month=month, start__year=year)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["start"] == date


@pytest.mark.parametrize(
    ("day", "month", "year", "sentence"),
    [
        ("31", "2", "2027", "“First day” needs a day that exists: February 2027 has 28 days"),
        ("0", "2", "2027", "“First day” needs a day that exists: February 2027 has 28 days"),
        ("1", "13", "2027", "“First day” needs a month from 1 to 12. You wrote “13”"),
        ("1", "", "2027", "“First day” is not complete. Add the month"),
        ("", "", "2027", "“First day” is not complete. Add the day and the month"),
        ("1", "1", "1800", "“First day” needs a year from 1900 to 2200. You wrote “1800”"),
        ("1", "1", "27", "“First day” needs a year of four digits, like 2027. You wrote “27”"),
        (
            "first",
            "1",
            "2027",
            "“First day”: write the day as a number, like 27. You wrote “first”",
        ),
    ],
)
def test_days_that_cannot_be_are_explained(day, month, year, sentence):
    form = sent(start__day=day, start__month=month, start__year=year)
    assert said(form, "start") == [sentence]


def test_the_date_keeps_what_was_typed():
    form = sent(start__day="31", start__month="Feb", start__year="2027")
    assert form["start"].value() == ("31", "Feb", "2027")


def test_earliest_and_latest_days():
    form = sent(start__day="4", start__month="9", start__year="2026")
    field = form.fields["start"]
    assert isinstance(field, forms.GovDateField)
    field.earliest = dt.date(2026, 9, 14)
    assert said(form, "start") == [
        "“First day” must be 14 September 2026 or later. You wrote 4 September 2026"
    ]


@pytest.mark.parametrize("typed", ["14/9/2026", "14 September 2026", "14.9.2026", "14-09-2026"])
def test_a_day_in_one_line(typed):
    form = sent(end=typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["end"] == dt.date(2026, 9, 14)


def test_a_day_in_one_line_that_is_none():
    assert said(sent(end="soon"), "end") == [
        "“Last day” must be a day, like 27/9/2027. You wrote “soon”"
    ]


def test_an_answer_that_was_not_offered():
    assert said(sent(how="magic"), "how") == ["Choose one of the answers shown for “How”"]


def test_empty_answers_ask_in_the_words_of_their_field():
    class Strict(forms.VersionedForm):
        what = forms.Words(label="Title")
        how = django_forms.ChoiceField(label="100% sure?", choices=HOW)
        many = django_forms.MultipleChoiceField(label="Which", choices=HOW)
        ok = django_forms.BooleanField(label="I agree")
        file = django_forms.FileField(label="Letter")
        own = forms.Words(error_messages={"required": "Say who was there"})

    form = Strict(QueryDict("version=1"))
    assert [said(form, name)[0] for name in ("what", "how", "many", "ok", "file", "own")] == [
        "Fill in “Title”",
        "Choose an answer for “100% sure”",
        "Choose at least one answer for “Which”",
        "Tick “I agree” to go on",
        "Choose a file for “Letter”",
        "Say who was there",
    ]
    assert said(Strict(QueryDict("")), "version")[0].startswith("This page has lost its place")


@pytest.mark.parametrize(
    "field",
    [
        django_forms.CharField(),
        django_forms.IntegerField(),
        django_forms.DateField(),
        django_forms.EmailField(),
    ],
)
def test_fields_that_speak_worse_are_refused(field):
    bad = type("Bad", (forms.Form,), {"one": field})
    with pytest.raises(TypeError, match=r"use opensenco\.ui\.forms"):
        bad()


@pytest.mark.parametrize(
    "typed", ["Tuesday 1 September 2026", "Tue 1 Sept 2026", "1st September 2026", "tues 1/9/2026"]
)
def test_a_date_may_be_written_with_its_day_of_the_week(typed):
    form = sent(end=typed)
    assert form.is_valid()
    assert form.cleaned_data["end"] == dt.date(2026, 9, 1)


def test_a_day_of_the_week_on_which_a_date_does_not_fall_is_asked_about():
    assert said(sent(end="Mon 1 Sept 2026"), "end") == [
        "“Last day”: 1 September 2026 is a Tuesday. You wrote “Mon 1 Sept 2026”"
    ]
