"""What is wrong and what has changed of one pupil, in words, with where each is mended."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases.explain import said
from opensenco.law.checks import census, needs
from opensenco.law.checks.census_changes import Difference, Item
from opensenco.law.checks.finding import Finding, Severity
from opensenco.support.queries.census import CensusLine

_OF_NEEDS = frozenset(
    {
        census.NEED_UNKNOWN, census.NEED_NOT_IN_FORCE, census.NO_MAIN_NEED,
        census.NEED_WITHOUT_SEN, census.NSA_WITH_PLAN, census.NSA_FOR_LONG,
        needs.NEED_TWICE, needs.RANK_TWICE, needs.RANK_GAP,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong: how badly, in words, and the page where it is mended.

    Args:
        url: empty where this person cannot mend it.
    """

    error: bool
    words: str
    mend: str
    url: str


class Mending:
    """The pages on which this person mends what is wrong."""

    def __init__(self, actor: Actor) -> None:
        self._needs = actor.can_somewhere(Action.NEEDS_SET)
        self._status = actor.can_somewhere(Action.STATUS_SET)

    def of(self, line: CensusLine) -> list[Wrong]:
        """Give what is wrong with a pupil's items, errors first."""
        return [self._one(line, finding) for finding in line.found]

    def _one(self, line: CensusLine, finding: Finding) -> Wrong:
        may, mend, address = (
            (self._needs, _("Rank the needs"), "plans:needs")
            if finding.kind in _OF_NEEDS
            else (self._status, _("Change the status"), "plans:set_status")
        )
        return Wrong(
            finding.severity is Severity.ERROR,
            _told(finding),
            mend,
            reverse(address, args=[line.pupil.ref]) if may else "",
        )


def _told(finding: Finding) -> str:
    return " ".join(said(reason) for reason in finding.reasons)


def all_wrong(line: CensusLine) -> str:
    """Give all that is wrong with a pupil's items as one text for a file."""
    marks: dict[Severity, Callable[[str], str]] = {
        Severity.ERROR: lambda told: _("Error: %(told)s") % {"told": told},
        Severity.WARNING: lambda told: _("Look at: %(told)s") % {"told": told},
    }
    return "\n".join(marks[one.severity](_told(one)) for one in line.found)


def all_changed(line: CensusLine) -> str:
    """Give what differs from the census before: "was K", "needs were SLCN 1", "new on roll"."""
    return "; ".join(_changed(one) for one in line.changed)


def _changed(one: Difference) -> str:
    if one.item is Item.PUPIL:
        return _("new on roll")
    if one.item is Item.STATUS:
        return _("was %(code)s") % {"code": one.first}
    if not one.first:
        return _("no need was ranked")
    return _("needs were %(needs)s") % {"needs": one.first}


def needs_ranked(line: CensusLine) -> str:
    """Give the types of need with their ranks: "1 SLCN, 2 SEMH"."""
    return ", ".join(f"{need.rank} {need.code}" for need in line.needs)
