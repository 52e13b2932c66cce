"""What gives each row of section F: provision from the library, something else, or nothing yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.ehc.models import EhcLine, EhcTie
from opensenco.ehc.states import MOST_MINUTES, MOST_TIMES, Given, Per, Section
from opensenco.gate.operation import operation
from opensenco.gate.rows import change, change_alike
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.provision.models import Allocation, Provision
from opensenco.support.words import paragraph

MOST_WORDS = 1_000


@dataclass(frozen=True)
class Said:
    """What somebody says of a row of section F.

    Args:
        given: a value of `Given`. provisions: for `Given.PROVISION`, what gives it.
        words: how it is given without sessions, or what is done so that something gives it.
        times, per, minutes: the promise in numbers; none of them where it has no number.
    """

    given: str
    provisions: Sequence[Provision] = ()
    words: str = ""
    times: int | None = None
    per: str = ""
    minutes: int | None = None


@operation(Action.EHC_KEEP, on="line")
def say_what_gives(
    *, actor: Actor, line: EhcLine, said: Said, version: int | None = None
) -> EhcLine:
    """Say what gives a row of section F, and put into numbers what it promises.

    Raises:
        Invalid: no answer, nothing chosen, what the pupil is not given, half a number.
        NotPossible: the row does not stand any more, or is an outcome.
        Stale: somebody else changed the row in between.
    """
    if line.section != Section.PROVISION:
        raise NotPossible(_("Only provision of section F is given. This is an outcome."))
    if line.in_error or not line.plan.stands:
        raise NotPossible(_("This row does not stand any more. It stays as it was."))
    values = _checked(said)
    chosen = list(said.provisions) if said.given == Given.PROVISION else []
    _check_chosen(line, chosen)
    row = change(line, version=version, **values)
    _tie(actor, row, chosen)
    return row


def untie(actor: Actor, ties: Sequence[EhcTie]) -> None:
    """Take back what was said to give a row."""
    change_alike(
        list(ties), in_error_at=actor.at, in_error_by=actor.person,
        in_error_reason=_("It is not what gives this row of section F."),
    )  # fmt: skip


def _checked(said: Said) -> dict[str, Any]:
    if said.given not in Given.values:
        raise Invalid("given", _("Choose one of the answers shown."))
    words = paragraph("words", said.words, MOST_WORDS)
    if said.given == Given.PROVISION:
        words = ""
        if not said.provisions:
            raise Invalid("provisions", _("Choose what gives it, or another answer."))
    elif len(words.split()) < 2:
        ask = {
            Given.WITHOUT: _("Say in a few words how it is given, and by whom."),
            Given.NOTHING: _("Say in a few words what you do so that something gives it."),
        }
        raise Invalid("words", ask[Given(said.given)])
    return {"given": said.given, "given_words": words, **_number(said)}


def _number(said: Said) -> dict[str, Any]:
    """Give the promise in numbers: all three of them, or none."""
    parts: Mapping[str, Any] = {"times": said.times, "per": said.per, "minutes": said.minutes}
    if not any((said.times, said.minutes)):
        return {"times": None, "per": "", "minutes": None}
    missing = _("Fill in all three, or leave times and minutes empty.")
    if said.times is None or not 1 <= said.times <= MOST_TIMES:
        many = _("Give a whole number between 1 and %(most)s.") % {"most": MOST_TIMES}
        raise Invalid("times", missing if said.times is None else many)
    if said.per not in Per.values:
        raise Invalid("per", missing)
    if said.minutes is None or not 1 <= said.minutes <= MOST_MINUTES:
        many = _("Give a whole number between 1 and %(most)s.") % {"most": MOST_MINUTES}
        raise Invalid("minutes", missing if said.minutes is None else many)
    return dict(parts)


def _check_chosen(line: EhcLine, chosen: Sequence[Provision]) -> None:
    """Refuse what the pupil was never given, and what counts for another row already."""
    keys = {one.pk for one in chosen}
    held = Allocation.objects.filter(
        pupil_id=line.pupil_id, provision__in=keys, in_error_at__isnull=True
    )
    if keys - set(held.values_list("provision_id", flat=True)):
        raise Invalid("provisions", _("Choose what this pupil is given."))
    others = EhcTie.objects.filter(
        pupil_id=line.pupil_id, provision__in=keys, in_error_at__isnull=True,
        line__in_error_at__isnull=True, line__plan=line.plan,
    ).exclude(line=line)  # fmt: skip
    other = others.select_related("line", "provision").order_by("id").first()
    if other is not None:
        which = other.line.number or _("another row")
        words = _("%(name)s counts for %(row)s already. A session counts for one row alone.")
        raise Invalid("provisions", words % {"name": other.provision.name, "row": which})


def _tie(actor: Actor, line: EhcLine, chosen: Sequence[Provision]) -> None:
    standing = list(EhcTie.objects.filter(line=line, in_error_at__isnull=True).order_by("id"))
    keys = {one.pk for one in chosen}
    untie(actor, [one for one in standing if one.provision_id not in keys])
    held = {one.provision_id for one in standing}
    for one in chosen:
        if one.pk not in held:
            row = EhcTie(
                org_id=line.org_id, pupil_id=line.pupil_id, line=line, provision=one,
                by=actor.person, at=actor.at,
            )  # fmt: skip
            row.save()
