"""What the pages of a day say: what is lost, who can take it, and why in this order."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actor import Actor
from opensenco.cases.time_words import long
from opensenco.kernel.errors import NotPossible
from opensenco.kernel.refs import short
from opensenco.staffing.operations.cover import Arranged
from opensenco.staffing.queries.today import Board, Lost
from opensenco.staffing.swaps import Harm, Solution, Step
from opensenco.ui.words import clock

#: the parts of what the page writes into a form: sessions, and who takes each
BETWEEN, GIVES = ";", "="


@dataclass(frozen=True)
class Choice:
    """One thing that can be done, in words.

    Args:
        steps: what the form sends. lines: what becomes of each session. lost: what is lost by it.
        told: how many people are told.
    """

    steps: str
    title: str
    lines: list[str]
    lost: str
    why: str
    told: int


def loss(harm: Harm) -> str:
    """Say what is lost, the number of children and their minutes."""
    if not harm.children:
        return _("Nothing is lost")
    words = ngettext(
        "%(num)s child loses %(long)s", "%(num)s children lose %(long)s together", harm.children
    ) % {"num": harm.children, "long": long(harm.minutes)}
    return f"{words}{_plans(harm)}"


def _plans(harm: Harm) -> str:
    if not harm.plans and not harm.owed:
        return ""
    if harm.owed:
        return ngettext(
            "; to %(num)s it is owed by section F of their EHC plan",
            "; to %(num)s it is owed by section F of their EHC plans",
            harm.owed,
        ) % {"num": harm.owed}
    return ngettext(
        "; %(num)s has an EHC plan", "; %(num)s have an EHC plan", harm.plans
    ) % {"num": harm.plans}  # fmt: skip


def weight(harm: Harm) -> str:
    """Say why a session stands where it does in the list."""
    said = []
    if harm.owed:
        said.append(
            ngettext(
                "tied to section F of an EHC plan, which must be given",
                "tied to section F of %(num)s EHC plans, which must be given",
                harm.owed,
            ) % {"num": harm.owed}
        )  # fmt: skip
    elif harm.plans:
        said.append(_("has an EHC plan, and nobody has said that section F names this"))
    if harm.missed:
        said.append(
            ngettext("missed once this term", "missed %(num)s times this term", harm.missed)
            % {"num": harm.missed}
        )
    return ", ".join(said)


def choice(board: Board, solution: Solution, actor: Actor) -> Choice:
    """Give one thing that can be done about the whole day."""
    takes = [board.here[step.adult] for step in solution.steps if step.adult is not None]
    names = list(dict.fromkeys(person.name for person in takes))
    title = _("%(names)s stand in") if len(names) > 1 else _("%(names)s stands in")
    return Choice(
        written(solution.steps, board),
        title % {"names": _joined(names)} if names else _("Nobody stands in"),
        [line(board, step) for step in solution.steps],
        loss(solution.harm), weight(solution.harm), board.told(solution.steps, actor),
    )  # fmt: skip


def one(board: Board, step: Step, actor: Actor) -> Choice:
    """Give one thing that can be done about one session."""
    return Choice(
        written((step,), board), line(board, step), [], loss(_harm(step)), _fit(step),
        board.told((step,), actor),
    )  # fmt: skip


def _harm(step: Step) -> Harm:
    return Solution((step,)).harm


def _fit(step: Step) -> str:
    if step.adult is None:
        return ""
    return _("has given it to these pupils") if step.knows else _("is new to these pupils")


def line(board: Board, step: Step) -> str:
    """Say what becomes of one session."""
    name = _session(board, step.need.key)
    if step.adult is None:
        return _("%(session)s is not held") % {"session": name}
    who = board.here[step.adult].name
    if not step.leaves:
        return _("%(who)s takes %(session)s") % {"who": who, "session": name}
    left = _joined([_session(board, need.key) for need in step.leaves])
    return _("%(who)s takes %(session)s and leaves %(left)s, which is not held") % {
        "who": who, "session": name, "left": left,
    }  # fmt: skip


def _session(board: Board, key: Any) -> str:
    session = board.sessions[key]
    if session.hour is None:
        return session.name
    return _("%(at)s %(name)s") % {"at": clock(session.hour.starts_at), "name": session.name}


def _joined(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def written(steps: Any, board: Board) -> str:
    """Write steps as a form sends them."""
    return BETWEEN.join(
        f"{step.need.key}{GIVES}{short(board.here[step.adult].ref) if step.adult else ''}"
        for step in steps
    )


def arranged(board: Board, text: str) -> list[Arranged]:
    """Read what a form sent as what is arranged; the board says what can be.

    Raises:
        NotPossible: a session has been arranged, or somebody is not there, since the page was read.
    """
    people = {short(person.ref): pk for pk, person in board.here.items()}
    found: list[Arranged] = []
    for part in filter(None, text.split(BETWEEN)):
        address, _sign, who = part.partition(GIVES)
        lost = board.lost_of(address)
        steps = board.choices(lost) if lost and (not who or who in people) else []
        step = next((each for each in steps if each.adult == people.get(who)), None)
        if lost is None or step is None:
            raise NotPossible(_("The day has changed since you opened this page. Open it again."))
        found.append(_arranged(board, lost, address, step.adult))
        known = {(one.allocations[0].pk, one.starts_at) for one in found}
        for need in step.leaves:
            moved = _arranged(board, lost, str(need.key), None, moved=True)
            if (moved.allocations[0].pk, moved.starts_at) not in known:
                found.append(moved)
    return found


def _arranged(
    board: Board, lost: Lost, address: str, adult: int | None, *, moved: bool = False
) -> Arranged:
    session = board.sessions[address]
    return Arranged(
        lost.absence, session.promises, session.hour.starts_at if session.hour else None,
        session.hour.ends_at if session.hour else None,
        board.here[adult] if adult is not None else None, moved,
    )  # fmt: skip
