"""What the pages of asking show, put into words."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.exchange.out import Table
from opensenco.participation import queries
from opensenco.participation.questions import in_words, next_steps, worded
from opensenco.participation.states import AskedState
from opensenco.ui import words
from opensenco.ui.listing import Column, Listing, Pick


def view_of(query: Mapping[str, str]) -> str:
    """Give the view that an address asks for; the usual one where it asks for none."""
    asked = query.get("view", "")
    return asked if asked in queries.VIEWS else "open"


def page_of(query: Mapping[str, str]) -> int:
    """Give the page that an address asks for, from 1."""
    asked = query.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 5 else 1


def picks(actor: Actor, view: str, counts: Mapping[str, int], asked: int | None) -> list[Pick]:
    """Give the ways about: what is asked of one, and the rounds for who asks."""
    found = [Pick(_("Asked of you"), reverse("asking:inbox"), view == "inbox", asked)]
    if not actor.can_somewhere(Action.ASK_SEND):
        return found
    names = {"mine": _("You asked"), "open": _("All open"), "closed": _("Closed")}
    address = reverse("asking:list")
    found += [
        Pick(name, f"{address}?view={key}", key == view, counts.get(key))
        for key, name in names.items()
    ]
    return found


def inbox(actor: Actor, found: queries.Inbox) -> dict[str, Any]:
    """Give what is asked of one, and the ways about."""
    return {
        "found": found,
        "picks": picks(actor, "inbox", {}, len(found.waiting)),
        "asks": actor.can_somewhere(Action.ASK_SEND),
        "edits": actor.can_somewhere(Action.QUESTIONS_EDIT),
    }


def list_of(
    actor: Actor, found: queries.RoundList, view: str, query: Mapping[str, str]
) -> dict[str, Any]:
    """Give the rows of a view, its neighbours with their counts, and its pages."""
    return {
        "rows": found.rows,
        "view": view,
        "counts": found.counts,
        "picks": picks(actor, view, found.counts, None),
        "heads": heads(),
        "listing": Listing(query, (), found.counts[view], size=queries.PAGE),
        "edits": actor.can_somewhere(Action.QUESTIONS_EDIT),
    }  # fmt: skip


def heads() -> list[Column]:
    """Give the heads of a list of rounds."""
    return [
        Column(_("Pupil")), Column(_("What is asked")), Column(_("Asked by")),
        Column(_("By when")), Column(_("Answers")), Column(_("Silence")),
    ]  # fmt: skip


def table(found: queries.RoundList) -> Table:
    """Give the rows of a view as they go into a file."""
    heads = [
        _("Pupil"), _("Class"), _("What is asked"), _("Because of"), _("Asked by"), _("Asked on"),
        _("By when"), _("People asked"), _("Answers"), _("Not answered"),
        _("School days of silence"), _("Closed on"), _("Closed because"),
    ]  # fmt: skip
    rows = [
        (
            one.row.pupil.register_name, one.class_name, one.row.questions.title, one.row.because,
            one.row.asked_by.name, one.row.asked_on, one.row.due, one.asked, one.answered,
            one.waiting, one.silent, one.row.closed_on, one.row.closed_because,
        )
        for one in found.rows
    ]  # fmt: skip
    return Table(_("What was asked"), heads, rows)


def merges(row: Any) -> dict[str, str]:
    """Give what stands for {pupil}, {date} and {last_review} in the questions of a round."""
    since = row.last_review
    return {
        "pupil": row.pupil.known_as or row.pupil.first_name,
        "date": words.day(row.due),
        "last_review": words.day(since) if since else _("the start of the school year"),
    }


def asked(actor: Actor, row: Any) -> dict[str, Any]:
    """Give what somebody is asked: the questions as they were asked, and what was answered."""
    ask_round = row.ask_round
    held, named = ask_round.questions.words, merges(ask_round)
    return {
        "asked": row,
        "ask_round": ask_round,
        "pupil": row.pupil,
        "words": held,
        "merges": named,
        "intro": worded(held.intro, named),
        "answered": [
            (worded(one.text, named), lines)
            for one in held.asked
            if (lines := in_words(one, row.answers.get(one.code)))
        ],
        "next_steps": next_steps(held, row.answers),
        "yours": row.person_id == actor.person.pk,
        "waits": row.state == AskedState.WAITING,
        "sees_round": may(actor, Action.ASK_SEND, ask_round),
    }


def head(row: Any) -> str:
    """Give who stands over an answer; whoever has no account with their organisation."""
    if not row.by_link:
        return str(row.who)
    told = ", ".join(part for part in (row.who, row.outside_place) if part)
    return _("%(who)s (by link, not an account)") % {"who": told}


def held(row: Any) -> dict[str, Any]:
    """Give what the record holds of an answer, for whoever wrote at the same time."""
    return {"version": row.version}


def one(actor: Actor, row: Any) -> dict[str, Any]:
    """Give a round side by side, and what can be done with it."""
    sheet, named = queries.sheet(actor, row), merges(row)
    answered = [sheet.columns[at] for at in sheet.answered]
    lines = [(worded(line.text, named), line.cells) for line in sheet.lines]
    return {
        "sheet": sheet,
        "ask_round": row,
        "pupil": row.pupil,
        "answered": answered,
        "heads": [Column(_("Question")), *(Column(head(each.asked)) for each in answered)],
        "lines": [(text, cells) for text, cells in lines if any(cells)],
        "unanswered": [text for text, cells in lines if not any(cells)],
        "steps": [(each.asked.who, told) for each in answered for told in each.next_steps],
        "declined": [each for each in sheet.columns if each.asked.state == AskedState.DECLINED],
        "excused": [each for each in sheet.columns if each.asked.state == AskedState.EXCUSED],
        "opens_pupil": may(actor, Action.PUPIL_VIEW, row.pupil),
    }
