"""What the pages of hand-overs show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.documents.pdf.handover import HandOverPaper, PartPaper, PupilPaper
from opensenco.handover import queries
from opensenco.handover.states import Kind, Part
from opensenco.kernel.refs import short
from opensenco.people import queries as people
from opensenco.support import queries as support


@dataclass(frozen=True)
class Shown:
    """One hand-over, as far as this person may see and do.

    Args:
        keeps: who puts it together. takes: whom it waits for.
    """

    row: Any
    held: list[queries.Held]
    keeps: bool
    takes: bool
    may_error: bool

    @property
    def given(self) -> bool:
        """Whether it has been given."""
        return self.row.given_at is not None

    @property
    def still_open(self) -> int:
        """How much of all of it is still open."""
        return sum(one.open_now for one in self.held)

    def counts(self, one: queries.Held) -> list[tuple[str, int]]:
        """Give how many lines each part of a pupil has."""
        return [(str(part.label), len(one.gathered.parts[part])) for part in Part]


def shown(actor: Actor, row: Any, action: Action = Action.HANDOVER_READ) -> Shown:
    """Gather the page of a hand-over."""
    keeps = actor.can_somewhere(Action.HANDOVER_KEEP) and may(actor, Action.HANDOVER_KEEP, row)
    waits = row.given_at is not None and row.taken_at is None and not row.in_error
    return Shown(
        row=row,
        held=queries.held(actor, row, action),
        keeps=keeps,
        takes=waits and row.taker.pk == actor.person.pk,
        may_error=keeps and not row.in_error and actor.can_somewhere(Action.RECORD_INVALIDATE),
    )


def parts(one: queries.Held) -> list[tuple[str, list[Any]]]:
    """Give what is handed over of a pupil, by part; an empty part is left out."""
    return [
        (str(part.label), one.gathered.parts[part]) for part in Part if one.gathered.parts[part]
    ]


def which(actor: Actor) -> list[tuple[str, str]]:
    """Give the groups of pupils that can be handed over."""
    classes = [(short(one.ref), one.name) for one in support.classes(actor)]
    return [("all", _("All on the SEN register")), *classes]


def named(rows: Sequence[Any]) -> list[tuple[str, str]]:
    """Give people to choose from."""
    return [(short(one.ref), one.name) for one in rows]


def task_line(task: Any) -> str:
    """Say what waits, about whom."""
    about = f"{task.pupil.register_name}: " if task.pupil else ""
    return f"{about}{task.words}"


def hand_over_line(row: Any) -> str:
    """Say which hand-over is meant."""
    words = {"kind": Kind(row.kind).label, "giver": row.giver.name, "taker": row.taker.name}
    return _("%(kind)s, from %(giver)s to %(taker)s") % words


def place_of(actor: Actor) -> Any:
    """Give the place of the hat that one wears; of several, the first."""
    return people.place(actor)


def paper(actor: Actor, page: Shown) -> HandOverPaper:
    """Give a hand-over as it goes on paper."""
    row = page.row
    return HandOverPaper(
        place=row.org.name,
        kind=str(Kind(row.kind).label),
        giver=row.giver.name,
        taker=row.taker.name,
        words=row.words,
        given_on=row.given_at.date() if row.given_at else None,
        taken_on=row.taken_at.date() if row.taken_at else None,
        pupils=tuple(
            PupilPaper(
                name=one.pupil.name,
                class_name=getattr(one.pupil, "class_name", ""),
                note=one.row.note,
                parts=tuple(
                    PartPaper(title, tuple((line.label, line.text, line.beside) for line in lines))
                    for title, lines in parts(one)
                ),
            )
            for one in page.held
        ),
        printed_on=actor.today,
        printed_by=actor.person.name,
    )
