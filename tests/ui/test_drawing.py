"""Every kind of field is drawn by its component, and the summary finds it."""

import datetime as dt

import pytest
from django import forms as django_forms
from django.http import QueryDict
from markupsafe import Markup

from opensenco.ui import forms
from opensenco.ui.gallery import EveryField, Filters, faulty
from tests.ui.drawn import Reader, draw, macro

HOSTILE = "\"'><script>alert(1)</script>{{ 7 * 7 }}%s & <b>"


def drawn(form: django_forms.Form, name: str, **options: object) -> Reader:
    return Reader(str(forms.field_html(form[name], **options)))


def test_each_line_of_the_summary_leads_to_an_input():
    form = faulty()
    page = Reader(draw('{% from "ui/forms.html" import fields %}{{ fields(form) }}', form=form))
    ids = {attrs.get("id") for _, attrs, _ in page.tags}
    lines = forms.errors_of(form)
    assert len(lines) == 8
    for line in lines:
        assert line.target in ids
    assert lines[3].target == "faulty_start-day"


def test_the_words_at_the_field_are_those_of_the_summary():
    form = faulty()
    for line in forms.errors_of(form):
        name = line.target.removeprefix("faulty_").removesuffix("-day")
        field = drawn(form, name)
        assert line.text in field.text("p", class_="govuk-error-message")


def test_the_summary_counts_and_says_that_nothing_is_saved():
    html = macro("error_summary(form)", "ui/forms.html", form=faulty())
    assert Reader(html).text("h2") == "Nothing is saved yet: 8 things to mend"
    assert macro("error_summary(form)", "ui/forms.html", form=EveryField()).strip() == ""


def test_faults_of_the_whole_form_come_first_and_lead_nowhere():
    form = faulty()
    form.add_error(None, "Room 6 holds 6. You chose 8 pupils")
    assert forms.errors_of(form)[0] == forms.ErrorLine("Room 6 holds 6. You chose 8 pupils")


def test_faults_of_several_forms_in_order():
    class One(forms.Form):
        who = forms.Words(label="Who")

    first, second = (One(QueryDict(""), prefix=prefix) for prefix in ("a", "b"))
    assert [line.target for line in forms.errors_of([first, second])] == ["id_a-who", "id_b-who"]


@pytest.mark.parametrize("name", [n for n in EveryField.base_fields if n != "version"])
def test_hostile_text_stays_text(name):
    data = QueryDict(mutable=True)
    data.update({name: HOSTILE, **{f"{name}-{part}": HOSTILE for part in ("day", "month", "year")}})
    form = EveryField(data)
    form.fields[name].label = HOSTILE
    form.fields[name].help_text = HOSTILE
    form.add_error(name, HOSTILE)
    field = drawn(form, name)
    assert not field.all("script")
    assert not field.all("b")
    assert not field.unclosed


def test_several_lines_come_back_as_they_were_even_under_an_answer():
    text = "one\n  two\n\nthree <b>"

    class Both(forms.Form):
        how = django_forms.ChoiceField(
            choices=[("a", "A"), ("b", "B")], widget=django_forms.RadioSelect, initial="b"
        )
        more = forms.LongText(initial=text)

    form = Both()
    page = drawn(form, "how", reveal={"b": forms.field_html(form["more"])})
    assert page.one("textarea")[1] == text
    radio = page.one("input", value="b")[0]
    assert "checked" in radio
    assert radio["data-aria-controls"] == "conditional-id_how-2"


def test_a_day_shows_its_parts_and_marks_the_one_at_fault():
    form = faulty()
    page = drawn(form, "start")
    values = {
        a["id"]: (a["value"], "govuk-input--error" in a["class"]) for a, _ in page.all("input")
    }
    assert values == {
        "faulty_start-day": ("31", True),
        "faulty_start-month": ("November", False),
        "faulty_start-year": ("2026", False),
    }
    assert page.one("fieldset")[0]["aria-describedby"] == "faulty_start-hint faulty_start-error"
    fresh = EveryField(initial={"start": dt.date(2026, 9, 14)})
    assert [a["value"] for a, _ in drawn(fresh, "start").all("input")] == ["14", "9", "2026"]


def test_segments_are_radios_in_a_fieldset():
    page = drawn(EveryField(initial={"score": "1"}), "score", hints={"1": "1 to 2"})
    chosen = [a["value"] for a, _ in page.all("input") if "checked" in a]
    assert chosen == ["1"]
    assert page.text("legend") == "Score"
    for attrs, _ in page.all("input"):
        assert page.one("label", **{"for": attrs["id"]})


def test_optional_fields_say_so_and_boxes_do_not():
    form = EveryField()
    assert drawn(form, "who").text("label") == "Who (optional)"
    assert drawn(form, "who", optional=False).text("label") == "Who"
    assert drawn(form, "told").text("label") == "Parents have been told"


def test_a_password_is_never_written_back():
    class Secret(forms.Form):
        password = forms.Words(label="Password", widget=django_forms.PasswordInput)

    page = drawn(Secret(QueryDict("password=hunter2")), "password")
    assert page.one("input")[0]["value"] == ""


def test_the_count_of_characters_has_the_limit():
    page = drawn(EveryField(), "what")
    assert page.one("div", class_="govuk-character-count")[0]["data-maxlength"] == "400"
    assert page.text("div", id="id_what-info") == "You can write up to 400 characters"


def test_hidden_fields_carry_the_version_once():
    html = draw(
        '{% from "ui/forms.html" import open_form, fields with context %}'
        "{% call open_form(form, draft_url='/d/') %}{{ fields(form) }}{% endcall %}",
        form=EveryField(initial={"version": 7}),
        form_keys=Markup('<input type="hidden" name="once" value="1">'),
    )
    page = Reader(html)
    assert page.one("input", name="version")[0]["value"] == "7"
    assert page.one("input", name="once")
    assert page.one("form")[0]["data-draft-saved"] == "Saved %s"
    assert page.one("p", role="status")


def test_a_get_form_carries_no_token():
    html = draw(
        '{% from "ui/forms.html" import open_form with context %}'
        "{% call open_form(none, method='get') %}{% endcall %}"
    )
    assert not Reader(html).all("input")


def test_the_buttons_guard_against_two_presses():
    page = Reader(macro('actions("Save", finish_later=true, cancel_url="/x")', "ui/forms.html"))
    buttons = page.all("button")
    assert [text for _, text in buttons] == ["Save", "Save and finish later"]
    assert all(attrs["data-prevent-double-click"] == "true" for attrs, _ in buttons)
    assert buttons[1][0]["name"] == "finish_later"


def test_a_widget_without_a_component_is_an_error():
    class Odd(forms.Form):
        when = django_forms.TimeField(widget=django_forms.SplitDateTimeWidget)

    with pytest.raises(TypeError, match="no component draws"):
        drawn(Odd(), "when")
    with pytest.raises(TypeError):
        drawn(EveryField(), "who", colour="red")


def test_the_filter_bar_keeps_what_was_chosen():
    form = Filters({"name": HOSTILE, "year": "4", "turn": ""})
    page = Reader(macro("filter_bar(form, '?')", "ui/tables.html", form=form))
    assert page.one("input", name="name")[0]["value"] == HOSTILE
    assert [a["value"] for a, _ in page.all("option") if "selected" in a] == ["4", ""]
    assert page.one("form")[0]["method"] == "get"
