"""Marks and parts say in words what they show in shape."""

import datetime as dt

import pytest
from jinja2 import UndefinedError

from opensenco.ui import charts, gallery
from opensenco.ui.listing import Column, Listing, Pick
from opensenco.ui.things import Answer, Event
from tests.ui.drawn import Reader, draw, macro, page

MARKS, PARTS, LISTS, CHARTS = "ui/marks.html", "ui/parts.html", "ui/lists.html", "ui/charts.html"


@pytest.mark.parametrize(
    ("strength", "words"),
    [
        ("must", "MUST"),
        ("should", "SHOULD"),
        ("grant", "grant condition"),
        ("practice", "practice"),
        ("proposed", "proposed, not law"),
    ],
)
def test_strengths_differ_in_word_and_shape(strength, words):
    assert macro(f'law("{strength}")', MARKS) == (
        f'<span class="os-law os-law--{strength}">{words}</span>'
    )


def test_an_unknown_strength_is_an_error():
    with pytest.raises(UndefinedError):
        macro('law("perhaps")', MARKS)


@pytest.mark.parametrize(
    ("call", "words", "long"),
    [
        ('turn("Ms Raman", 2)', "Ms Raman2 days silent", False),
        ('turn("Ms Raman", 0)', "Ms Ramanasked today", False),
        ('turn("Thornshire", 10)', "Thornshire10 days silent", True),
        ('turn("Thornshire", 9)', "Thornshire9 days silent", False),
        ('turn("", 0, yours=true)', "Your turntoday", False),
        ('turn("", 13, yours=true)', "Your turn13 days", False),
    ],
)
def test_turns(call, words, long):
    html = macro(call, MARKS)
    assert Reader(html).text("span", class_="os-turn") == words
    assert ("os-turn__long" in html) is long


@pytest.mark.parametrize(
    ("strength", "words", "kind"),
    [
        ("must", "3 days past the legal date", "os-late"),
        ("should", "3 days over", "os-over"),
        ("practice", "3 days over", "os-over"),
    ],
)
def test_red_is_for_the_law_alone(strength, words, kind):
    assert macro(f'late(3, "{strength}")', MARKS) == f'<span class="{kind}">{words}</span>'


def test_what_is_proposed_or_not_yet_due_is_never_late():
    assert macro('late(3, "proposed")', MARKS) == macro('late(0, "must")', MARKS) == ""


def test_a_status_has_its_words():
    attrs, letter = Reader(macro('sen_status("K")', MARKS)).one("abbr")
    assert (letter, attrs["title"]) == ("K", "SEN support")


def test_why_repeats_the_strength_and_is_shut():
    attrs, _ = Reader(
        macro('why("Why 24 November", "must", [("The rule", "2 weeks")])', PARTS)
    ).one("details")
    assert "os-why--must" in attrs["class"]
    assert "open" not in attrs


@pytest.mark.parametrize(
    ("figures", "label", "words", "short"),
    [
        (
            "780, 580, 60, 600",
            "580 of 780 min delivered, 600 promised by today, 60 min made up later",
            "580 of 600 min due, 97%, 60 min made up later",
            False,
        ),
        (
            "780, 290, due=600",
            "290 of 780 min delivered, 600 promised by today",
            "290 of 600 min due, 48%",
            True,
        ),
        ("780, 0", "0 of 780 min delivered", "0 of 780 min promised, none due yet", False),
        ("0, 0, due=0", "0 of 0 min delivered", "0 of 0 min promised, none due yet", False),
    ],
)
def test_promised_and_delivered_in_words(figures, label, words, short):
    html = macro(f"pd({figures})", CHARTS)
    read = Reader(html)
    assert read.one("svg")[0]["aria-label"] == label
    assert read.text("span", class_="os-pd") == words
    assert ("os-c-bar--lo" in html) is short


def test_made_up_is_hatched_after_what_was_delivered():
    read = Reader(macro("pd(780, 580, 60, 600)", CHARTS))
    got, made = read.one("rect", class_="os-c-got")[0], read.one("rect", class_="os-c-made")[0]
    assert float(got["width"]) == pytest.approx(100, abs=0.1)
    assert made["x"] == got["width"]


def test_a_chart_has_title_desc_and_the_same_as_a_table():
    bars = gallery.samples()["gains"]
    html = macro(
        'bar_chart("g", "Gain", "Most gained 3 to 7", bars, "Points", "Pupils", '
        'reference=(4, "typical"))',
        CHARTS,
        bars=bars,
    )
    read = Reader(html)
    assert read.one("svg")[0]["aria-labelledby"] == "g-t g-d"
    assert read.text("desc") == "Most gained 3 to 7"
    rows = read.all("td")
    assert [text for _, text in rows] == ["1", "2", "1", "2", "6", "8", "9", "6", "4", "2"]
    assert "style" not in html


def test_bars_without_height_leave_the_table_alone_and_open():
    bars = [charts.Bar("1", 0, shown="under 5"), charts.Bar("2", 0)]
    read = Reader(
        macro('bar_chart("g", "Gain", "Said", bars, "Points", "Pupils")', CHARTS, bars=bars)
    )
    assert not read.all("svg")
    assert not read.all("details")
    assert [text for _, text in read.all("td")] == ["under 5", "0"]


def test_a_line_has_its_table():
    show = gallery.samples()
    read = Reader(
        macro(
            'line_chart("w", "Words", "31 to 38", words_read, words_aim, "Words")', CHARTS, **show
        )
    )
    assert [text for _, text in read.all("td")] == ["31", "33", "35", "38"]
    assert len(read.all("circle")) == 4


def test_the_timeline_marks_its_kinds():
    events = [
        Event(dt.date(2026, 12, 11), "Planned", kind="next"),
        Event(dt.date(2025, 1, 8), "Began", by="Jo Birkett", kind="law"),
    ]
    read = Reader(
        macro("timeline(events, today)", LISTS, events=events, today=dt.date(2026, 11, 23))
    )
    assert [text for _, text in read.all("time")] == ["11 Dec", "8 Jan 2025"]
    assert [a.get("class") for a, _ in read.all("li")] == ["os-time__next", "os-time__law"]
    with pytest.raises(ValueError, match="no kind"):
        Event(dt.date(2025, 1, 8), "x", kind="loud")


def test_answers_to_check():
    answers = [Answer("Pupil", "<Poppy>", "/x/", "the pupil"), Answer("By", "Miss Pugh")]
    read = Reader(macro("summary_list(answers)", PARTS, answers=answers))
    assert [" ".join(t.split()) for _, t in read.all("a")] == ["Change the pupil"]
    assert [t for _, t in read.all("dd", class_="govuk-summary-list__value")] == [
        "<Poppy>",
        "Miss Pugh",
    ]


def test_tabs_and_views_have_addresses_and_say_which_is_open():
    picks = [Pick("All", "?", current=True), Pick("Late", "?late=1", count=1_200)]
    read = Reader(macro('tabs("Parts", picks)', LISTS, picks=picks))
    assert [(a["href"], a.get("aria-current")) for a, _ in read.all("a")] == [
        ("?", "page"),
        ("?late=1", None),
    ]
    read = Reader(macro('saved_views("Views", picks)', LISTS, picks=picks))
    assert [t for _, t in read.all("a")] == ["All", "Late, 1,200"]


def test_a_table_keeps_its_roles_and_sorts_by_link():
    columns = [Column("Pupil", "name"), Column("Cost", "cost", num=True), Column("Do", hidden=True)]
    listing = Listing({"sort": "-cost", "year": "4"}, columns, total=120)
    source = (
        '{% from "ui/tables.html" import table %}{% call table(columns, caption="Pupils", '
        'listing=listing) %}<tr role="row"><td role="cell">x</td></tr>{% endcall %}'
    )
    read = Reader(draw(source, columns=columns, listing=listing))
    heads = read.all("th", role="columnheader")
    assert [a.get("aria-sort") for a, _ in heads] == [None, "descending", None]
    assert [a["href"] for a, _ in read.all("a")] == ["?sort=name&year=4", "?sort=cost&year=4"] or [
        a["href"] for a, _ in read.all("a")
    ] == ["?year=4&sort=name", "?year=4&sort=cost"]
    assert {a["role"] for a, _ in read.all("tbody")} == {"rowgroup"}


def test_pagination_leads_to_its_neighbours():
    listing = Listing({"page": "3"}, [], total=480)
    read = Reader(macro("pagination(listing)", LISTS, listing=listing))
    assert read.text("p") == "Showing 101 to 150 of 480"
    assert [" ".join(t.split()) for _, t in read.all("li")] == [
        "Previous page", "1", "2", "3", "4", "…", "10", "Next page",
    ]  # fmt: skip
    assert macro("pagination(listing)", LISTS, listing=Listing({}, [], total=0)).strip() == ""


def test_the_gallery_holds_together():
    html = page("ui/gallery.html", **gallery.context())
    read = Reader(html)
    assert not read.unclosed
    ids = [attrs["id"] for _, attrs, _ in read.tags if "id" in attrs]
    assert sorted(ids) == sorted(set(ids))
    assert "style=" not in html
