"""What the record knows for the fields of a letter. What its writer may not read stays empty."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Membership, Organisation
from opensenco.access.registry import visible
from opensenco.law.timetables.compulsory_school_age import leaving_day
from opensenco.people.models import Contact, GroupPupil, GroupStaff, Pupil
from opensenco.people.policy import come, on_day
from opensenco.people.states import GroupKind, StaffPart
from opensenco.provision import queries as provision
from opensenco.support import queries as support
from opensenco.ui.own_words import plan_in_full
from opensenco.ui.words import day as written

#: roles whose holder is "our SENCO" in a letter, the nearest first
SENCOS = ("SENCO", "SENCO_LEAD", "EY_SENCO", "SENCO_SHARED", "SENCO_TRUST", "SENCO_PHASE")
#: fields that the record fills; all others are typed by the writer
KNOWN = frozenset({
    "pupil_first_name", "contact_name", "setting_name", "senco_name", "sender_name", "sender_role",
    "lead_teacher", "strengths", "pupil_views", "everyday_strategies", "outcomes_summary",
    "provision_summary", "review_date", "next_review_date", "parent_views", "home_actions",
})  # fmt: skip
#: fields about the place, the same in every letter: remembered from the last letters sent
OF_THE_PLACE = frozenset({
    "setting_phone", "advice_service_name", "advice_service_contact", "authority_name",
    "senco_name",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recipient:
    """One letter to be: whose, to whom, and what the record knows for it."""

    pupil: Pupil
    contact: Contact | None
    values: dict[str, str]


def recipients(actor: Actor, org: Organisation, pupils: Iterable[Pupil]) -> list[Recipient]:
    """Give the letters to be: one to each contact who is to be told, none to who is barred.

    Those with parental responsibility are written to; others only where nobody has it. A pupil with
    nobody to write to is given once, without a contact, so that somebody sees it.
    """
    place = {
        "setting_name": org.name,
        "senco_name": _senco(org, actor.today),
        "sender_name": actor.person.name,
        "sender_role": str(actor.hat.name),
    }
    found = []
    for pupil in pupils:
        values = {**place, **about(actor, pupil)}
        contacts: list[Contact | None] = [*told(actor, pupil)]
        for contact in contacts or [None]:
            name = {"contact_name": contact.name} if contact else {}
            found.append(Recipient(pupil, contact, {**values, **name}))
    return found


def told(actor: Actor, pupil: Pupil) -> list[Contact]:
    """Give the contacts of a pupil who are written to.

    Once compulsory school age has ended the law speaks to the young person (Children and Families
    Act 2014, sections 68 and 83; TRA-01): they come first, then those who are still to be told.
    """
    rows = visible(actor, Action.CONTACT_VIEW, Contact).filter(
        pupil=pupil, in_error_at__isnull=True, barred=False, to_be_told=True
    )
    every = list(rows.order_by("id"))
    others = [one for one in every if not one.is_pupil]
    family = [one for one in others if one.parental_responsibility] or others
    if not is_young_person(pupil, actor.today):
        return family
    return [*(one for one in every if one.is_pupil), *family]


def is_young_person(pupil: Pupil, day: date) -> bool:
    """Tell whether compulsory school age has ended by a day (TRA-01)."""
    return day > leaving_day(born=pupil.birth_date)


def about(actor: Actor, pupil: Pupil) -> dict[str, str]:
    """Give what the record knows of one pupil, by field, as far as the writer may read it."""
    profile = support.profile_of(actor, pupil)
    plan = support.current_plan(actor, pupil)
    running = [
        one
        for one in provision.for_pupil(actor, pupil)
        if one.allocation.ends is None or one.allocation.ends >= actor.today
    ]
    review = written(plan.cycle.review_on) if plan and plan.cycle.review_on else ""
    return {
        "pupil_first_name": pupil.said,
        "lead_teacher": _teachers(pupil, actor.today),
        "strengths": profile.good_at if profile else "",
        "pupil_views": profile.own_words if profile else "",
        "everyday_strategies": _listed(support.strategies_of(actor, pupil)),
        "outcomes_summary": _listed(one.row.text for one in plan.outcomes) if plan else "",
        "provision_summary": _listed(f"{one.name}, {one.often}" for one in running),
        "plan_name": plan_in_full(pupil.org),
        "review_date": review,
        "next_review_date": review,
        "parent_views": plan.cycle.parents_said if plan else "",
        "home_actions": plan.cycle.at_home if plan else "",
    }


def _listed(parts: Iterable[str]) -> str:
    return "; ".join(part.strip().rstrip(".") for part in parts if part.strip())


def _teachers(pupil: Pupil, day: date) -> str:
    rows = GroupStaff.objects.filter(
        on_day(day), does=StaffPart.TEACHES, group__kind=GroupKind.CLASS,
        group__in=_classes(pupil, day),
    ).select_related("person")  # fmt: skip
    return " and ".join(dict.fromkeys(one.person.name for one in rows.order_by("id")))


def _classes(pupil: Pupil, day: date) -> list[int]:
    return list(
        GroupPupil.objects.filter(on_day(day), pupil=pupil).values_list("group_id", flat=True)
    )


def _senco(org: Organisation, day: date) -> str:
    rows = Membership.objects.filter(
        on_day(day), come(), org=org, role__in=SENCOS, withdrawn=False
    ).select_related("person")
    ranked = sorted(rows, key=lambda one: (SENCOS.index(one.role), one.starts, one.pk))
    return ranked[0].person.name if ranked else ""
