"""The frame round every page."""

import pytest
from django.contrib import messages
from django.http import QueryDict
from jinja2 import UndefinedError

from opensenco.ui import forms
from opensenco.ui.chrome import Chrome, NavLink
from tests.ui.drawn import Reader, draw, page, request

PAGE = """{% extends "base.html" %}
{% block heading %}{% if name is defined %}{{ name }}{% else %}Register{% endif %}{% endblock %}
{% block content %}<p>Here</p>{% endblock %}"""
CHROME = Chrome(
    place="Larkrise Primary School",
    role="SENCO",
    person="Amara Okafor",
    navigation=(
        NavLink("Home", "/", "home", 5),
        NavLink("Register", "/register/", "register"),
        NavLink("Concerns", "/concerns/", "concerns", 2, within=True),
    ),
    find_url="/pupils/find/",
    account_url="/me/",
    sign_out_url="/sign-out/",
    hats_url="/me/hats/",
    demo=True,
    current="register",
)


class Who(forms.Form):
    who = forms.Words(label="Who")


def framed(**context: object) -> Reader:
    return Reader(draw(PAGE, **{"chrome": CHROME, **context}))


def test_the_title_begins_with_the_heading():
    assert framed().text("title") == "Register - Larkrise Primary School - OpenSENCO"
    assert framed().text("h1") == "Register"
    assert Reader(draw(PAGE)).text("title") == "Register - OpenSENCO"


def test_the_title_says_that_something_is_to_mend():
    bad = Who(QueryDict(""))
    assert framed(form=bad).text("title").startswith("Error: Register - ")
    assert framed(forms=[Who(), bad]).text("title").startswith("Error: ")
    assert not framed(form=Who()).text("title").startswith("Error: ")


def test_a_name_in_the_heading_stays_text():
    html = draw(PAGE, chrome=CHROME, name="<b>O'Brien</b> & Co")
    assert "<b>O'Brien" not in html
    assert Reader(html).text("h1") == "<b>O'Brien</b> & Co"


def test_navigation_marks_where_one_is_and_counts_only_what_waits():
    nav = framed()
    current = [text for attrs, text in nav.all("a") if attrs.get("aria-current") == "page"]
    assert current == ["Register", "Register"]  # the list, and the phone's menu
    counts = [" ".join(text.split()) for _, text in nav.all("span", class_="os-count")]
    assert counts == ["5 waiting", "2 waiting", "5 waiting", "5 waiting", "2 waiting"]


def test_the_ninth_link_is_refused():
    with pytest.raises(ValueError, match="9 links"):
        Chrome(navigation=tuple(NavLink(str(n), "/", str(n)) for n in range(9)))


def test_pages_of_hands_have_no_navigation_and_no_foot():
    page = framed(chrome=Chrome(place="Larkrise", role="Assistant", person="Jo", hand=True))
    assert not page.all("nav")
    assert not page.all("footer")
    assert page.text("summary") == "Jo"


def test_pages_without_a_person_have_no_search_and_no_menu():
    page = Reader(draw(PAGE))
    assert not page.all("form")
    assert not page.all("nav")
    assert not page.all("details")


def test_signing_out_is_a_form_with_its_token():
    page = framed()
    posted = [form for form, _ in page.all("form") if form.get("method") == "post"]
    assert [form["action"] for form in posted].count("/sign-out/") == 1
    tokens = page.all("input", name="csrfmiddlewaretoken")
    assert len(tokens) == len(posted)


def test_the_name_looked_for_is_posted_and_stands_in_no_address():
    [find] = [form for form, _ in framed().all("form") if form["action"] == "/pupils/find/"]
    assert find["method"] == "post"


def test_messages_are_told_politely():
    asked = request()
    messages.success(asked, "Saved. 4 children, <20> minutes")
    page = framed(request=asked)
    [(attrs, text)] = page.all("div", class_="os-note")
    assert attrs["role"] == "status"
    assert "os-note--calm" in attrs["class"]
    assert text.strip() == "Saved. 4 children, <20> minutes"


def test_htmx_may_not_run_text_as_code_nor_keep_pages():
    config = framed().one("meta", name="htmx-config")[0]["content"]
    for part in (
        '"includeIndicatorStyles":false',
        '"allowEval":false',
        '"allowScriptTags":false',
        '"historyCacheSize":0',
        '"refreshOnHistoryMiss":true',
    ):
        assert part in config


def test_a_page_must_say_its_heading():
    with pytest.raises(Exception, match="heading"):
        draw('{% extends "base.html" %}{% block content %}{% endblock %}')


def test_what_is_not_defined_stops_the_page():
    with pytest.raises(UndefinedError):
        draw("{{ nothing_of_the_sort }}")


@pytest.mark.parametrize(
    ("name", "context", "heading"),
    [
        ("ui/404.html", {}, "Page not found"),
        ("ui/403.html", {}, "You cannot open this page"),
        ("ui/403.html", {"way_in": "/x/", "ask": "the head"}, "You cannot open this page"),
        ("ui/500.html", {}, "Something went wrong here"),
        ("ui/csrf.html", {}, "This page was open too long"),
        ("ui/no_role.html", {}, "You have no role here today"),
        (
            "ui/signed_out_with_text.html",
            {"sign_in_url": "/"},
            "Sign in again: your words are kept",
        ),
        ("429.html", {}, "Too many tries"),
        ("account/account_inactive.html", {}, "This account is closed"),
        ("account/signup_closed.html", {}, "Accounts are made for you"),
    ],
)
def test_refusals_need_nothing_but_themselves(name, context, heading):
    read = Reader(page(name, **context))
    assert read.text("h1") == heading
    assert read.text("title") == f"{heading} - OpenSENCO"
    assert not read.unclosed


def test_not_found_does_not_tell_whether_it_exists():
    text = Reader(page("ui/404.html")).text("main")
    assert "may have moved, or it is not shared with you" in text
