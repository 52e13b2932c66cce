"""Who a pupil is: names and pupil numbers change, and the old ones are kept for those who may see.

A leaked old surname can lead somebody to a child. So a former name is guarded until a person says
that it may be shown, and for some reasons nobody can say so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.kernel.text import search_key, sort_key
from opensenco.kernel.upn import read_upn
from opensenco.people.former import FormerIdentity
from opensenco.people.models import Pupil
from opensenco.people.states import GUARDED_WHYS, UNSURE_WHYS, WhyFormer

NAMES = ("first_name", "last_name", "known_as")
#: what can be said of a name, and what of a number
WHY_NAME = (
    WhyFormer.FAMILY, WhyFormer.PUPIL, WhyFormer.ADOPTION, WhyFormer.GENDER, WhyFormer.SAFETY,
    WhyFormer.MISTAKE,
)  # fmt: skip
WHY_UPN = (
    WhyFormer.MISTAKE, WhyFormer.TEMPORARY, WhyFormer.RENUMBERED, WhyFormer.ADOPTION,
    WhyFormer.SAFETY,
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    """The name and number that a pupil has before a change."""

    first_name: str
    last_name: str
    known_as: str
    upn: str

    @property
    def key(self) -> str:
        """The words of the name, as search keys hold them."""
        return search_key(f"{self.known_as} {self.first_name} {self.last_name}")


def held(pupil: Pupil) -> Held:
    """Give the name and number that a pupil has now."""
    return Held(pupil.first_name, pupil.last_name, pupil.known_as, pupil.upn)


def keys(first_name: str, last_name: str, known_as: str) -> dict[str, str]:
    """Give the stored keys that find and sort a pupil alike on every database."""
    return {
        "search_key": search_key(f"{known_as} {first_name} {last_name}"),
        "sort_key": sort_key(last_name, known_as or first_name),
    }


def is_guarded(why: str, *, may_show: bool, number: bool) -> bool:
    """Tell whether an old name or number is shown to few.

    Args:
        may_show: somebody said that the old name may be shown; for some reasons that counts not.
        number: a pupil number; it says nothing to a reader, and files are matched by it.
    """
    if why in GUARDED_WHYS:
        return True
    return not number and (why in UNSURE_WHYS or not may_show)


def note(
    actor: Actor, changes: Iterable[tuple[Pupil, Held]], why: str, *, may_show: bool = False
) -> list[FormerIdentity]:
    """Keep what pupils were called or numbered before a change that has been written.

    What was a mistake is not kept as a name of theirs: the history of the record has it.
    """
    moved = [(pupil, old) for pupil, old in changes if held(pupil) != old]
    if not moved:
        return []
    _taken_up_again(actor, [pupil for pupil, _old in moved])
    guarded_again = _guarded_again(actor, moved)
    if why == WhyFormer.MISTAKE:
        return []
    rows = [row for pupil, old in moved for row in left(actor, pupil, old, why, may_show)]
    new = [row for row in rows if (row.pupil_id, row.search_key) not in guarded_again]
    return FormerIdentity.objects.bulk_create(new)


def left(
    actor: Actor, pupil: Pupil, old: Held, why: str, may_show: bool = False
) -> list[FormerIdentity]:
    """Give the rows, not yet saved, of what a pupil has no more."""
    new, rows = held(pupil), []
    # a name that only grew is found by the new one as well
    if set(old.key.split()) - set(new.key.split()):
        named = {name: getattr(old, name) for name in NAMES}
        rows.append(_row(actor, pupil, why, may_show, search_key=old.key, **named))
    if old.upn and old.upn != new.upn:
        told = _why_number(old.upn, new.upn) if why == WhyFormer.NOT_SAID else why
        rows.append(_row(actor, pupil, told, may_show, search_key=search_key(old.upn), upn=old.upn))
    return rows


def _why_number(old: str, new: str) -> WhyFormer:
    permanent = new and not read_upn(new).temporary
    return WhyFormer.TEMPORARY if permanent and old[-1].isalpha() else WhyFormer.RENUMBERED


def _row(actor: Actor, pupil: Pupil, why: str, may_show: bool, **values: str) -> FormerIdentity:
    guarded = is_guarded(why, may_show=may_show, number=bool(values.get("upn")))
    return FormerIdentity(
        org_id=pupil.org_id, pupil=pupil, why=why, guarded=guarded, until=actor.at,
        noted_by=actor.person, **values,
    )  # fmt: skip


def _taken_up_again(actor: Actor, pupils: Sequence[Pupil]) -> None:
    """Let a former name or number rest that is the pupil's again."""
    now = {pupil.pk: held(pupil) for pupil in pupils}
    for row in FormerIdentity.objects.filter(pupil__in=now, in_error_at__isnull=True):
        new = now[row.pupil_id]
        if row.upn == new.upn if row.upn else row.search_key == new.key:
            change(
                row, version=None, in_error_at=actor.at, in_error_by=actor.person,
                in_error_reason=_("It is the pupil’s again."),
            )  # fmt: skip


def _guarded_again(actor: Actor, moved: Sequence[tuple[Pupil, Held]]) -> set[tuple[int, str]]:
    """Guard a name again that was guarded, was taken up again, and is given up now.

    Whatever is said of it this time: what had to be hidden once stays hidden.

    Returns: pupil and key of each.
    """
    given_up = {(pupil.pk, key) for pupil, old in moved for key in (old.key, search_key(old.upn))}
    rested = FormerIdentity.objects.filter(
        pupil__in=[pupil.pk for pupil, _old in moved], guarded=True, in_error_at__isnull=False
    )
    found = set()
    for row in rested.order_by("id"):
        mark = (row.pupil_id, row.search_key)
        if mark in given_up and mark not in found:
            change(row, version=None, in_error_at=None, in_error_by=None, in_error_reason="")
            found.add(mark)
    return found


def refuse_taken(pupil: Pupil, upn: str) -> None:
    """Refuse a number that another pupil here has.

    Raises:
        Invalid: one has; the sentence says who may look, and names nobody.
    """
    others = Pupil.objects.filter(org=pupil.org_id, upn=upn, in_error_at__isnull=True)
    if upn and others.exclude(pk=pupil.pk).exists():
        raise Invalid("upn", taken())


def taken() -> str:
    """Give the sentence that a number is another pupil's."""
    return _(
        "Another pupil here has this UPN. Check both, and correct one. If they are one child, "
        "the SENCO or the head teacher can look at both records and make them one."
    )


@operation(Action.PUPIL_EDIT, on="pupil")
def change_name(
    *,
    actor: Actor,
    pupil: Pupil,
    version: int | None,
    first_name: str,
    last_name: str,
    known_as: str = "",
    why: str,
    may_show: bool = False,
) -> Pupil:
    """Give a pupil another name; the old one stays findable by those who may.

    Args:
        why: one of WHY_NAME. A mistake leaves no former name.
        may_show: whoever sees earlier names at all may see this one; not after an adoption, a
            change of gender or for the child's safety.

    Raises:
        Invalid: the same name as before, or no reason for names.
        Stale: somebody else changed the details in between.
    """
    before = held(pupil)
    new = Held(first_name.strip(), last_name.strip(), known_as.strip(), pupil.upn)
    if new == before:
        raise Invalid("last_name", _("This is the name that the record has."))
    if why not in WHY_NAME:
        raise Invalid("why", _("Say why the name changes."))
    named = {name: getattr(new, name) for name in NAMES}
    row = change(pupil, version=version, **named, **keys(*named.values()))
    note(actor, [(row, before)], why, may_show=may_show)
    return row


@operation(Action.PUPIL_EDIT, on="pupil")
def change_upn(*, actor: Actor, pupil: Pupil, version: int | None, upn: str, why: str) -> Pupil:
    """Correct a pupil number, replace a temporary one, or take a wrong one out.

    Args:
        upn: empty where none is known.
        why: one of WHY_UPN. What was a mistake is not kept as a number of theirs.

    Raises:
        Invalid: no number that can be, the one that stands, or another pupil's here.
        Stale: somebody else changed the details in between.
    """
    before = held(pupil)
    new = str(read_upn(upn)) if upn.strip() else ""
    if new == before.upn:
        raise Invalid("upn", _("This is the number that the record has."))
    if before.upn and why not in WHY_UPN:
        raise Invalid("why", _("Say what was wrong with the old number."))
    refuse_taken(pupil, new)
    row = change(pupil, version=version, upn=new)
    note(actor, [(row, before)], why or WhyFormer.MISTAKE)
    return row


@operation(Action.PUPIL_EDIT, on="former")
def say_why(
    *,
    actor: Actor,
    former: FormerIdentity,
    version: int | None,
    why: str,
    may_show: bool = False,
) -> FormerIdentity:
    """Say, later, why a name or number is former, and whether the old one may be shown.

    What turns out a mistake is set aside: it is found no more, and the history keeps it.

    Raises:
        Invalid: a reason that does not fit.
        NotPossible: it has been set aside already.
        Stale: somebody else changed it in between.
    """
    if former.in_error:
        raise NotPossible(_("This has been set aside already."))
    if why not in (WHY_UPN if former.upn else WHY_NAME):
        raise Invalid("why", _("Choose why it is no more."))
    values: dict[str, object] = {
        "why": why,
        "guarded": is_guarded(why, may_show=may_show, number=bool(former.upn)),
    }
    if why == WhyFormer.MISTAKE:
        values.update(
            in_error_at=actor.at, in_error_by=actor.person,
            in_error_reason=_("It was a mistake and never theirs."),
        )  # fmt: skip
    return change(former, version=version, **values)
