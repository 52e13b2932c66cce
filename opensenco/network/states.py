"""Closed lists of packs: what for, which parts, what can be answered, and where one stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from opensenco.access.actions import Action


class Part(models.TextChoices):
    """One part of a record that can be copied into a pack, in the order in which packs show them.

    What is marked for the safeguarding lead alone is no part: that it exists is itself a secret,
    and a child protection file is passed on by the lead, apart from everything else.
    """

    ABOUT = "about", _("About the pupil")
    FAMILY = "family", _("Parents and other contacts")
    NEEDS = "needs", _("SEN status and needs")
    PROFILE = "profile", _("What the pupil says and what helps")
    PLANS = "plans", _("Plans and their reviews")
    BESIDE = "beside", _("What is changed in school and at home, and whether it helped")
    EHC = "ehc", _("EHC plan: its card, outcomes and provision")
    DELIVERY = "delivery", _("Provision and what was delivered")
    EFFECT = "effect", _("Whether it helps: what was measured")
    VOICE = "voice", _("What the pupil and the family said")
    AGENCIES = "agencies", _("Referrals and what came of them")
    OBSERVED = "observed", _("Observations")
    OWN = "own", _("The school’s own fields")
    TIMELINE = "timeline", _("Timeline")
    DIAGNOSES = "diagnoses", _("Diagnoses")
    HEALTH = "health", _("Health alerts")
    CARE = "care", _("Care status")
    CONFIDENTIAL = "confidential", _("Confidential entries of the timeline")


#: the order in which a whole record is read: the child speaks before others write of them
READING = (
    Part.ABOUT, Part.PROFILE, Part.NEEDS, Part.EHC, Part.PLANS, Part.BESIDE, Part.DELIVERY,
    Part.EFFECT, Part.VOICE, Part.AGENCIES, Part.OBSERVED, Part.OWN, Part.FAMILY, Part.TIMELINE,
    Part.DIAGNOSES, Part.HEALTH, Part.CARE, Part.CONFIDENTIAL,
)  # fmt: skip
#: the verb over the pupil that whoever copies or looks at a part must have
PART_VERBS: dict[Part, Action] = {
    Part.ABOUT: Action.PUPIL_VIEW,
    Part.FAMILY: Action.CONTACT_VIEW,
    Part.NEEDS: Action.PLAN_VIEW,
    Part.PROFILE: Action.PROFILE_VIEW,
    Part.PLANS: Action.PLAN_VIEW,
    Part.BESIDE: Action.PLAN_VIEW,
    Part.EHC: Action.PLAN_VIEW,
    Part.DELIVERY: Action.PROVISION_VIEW,
    Part.EFFECT: Action.PROVISION_VIEW,
    Part.VOICE: Action.PLAN_VIEW,
    Part.AGENCIES: Action.PLAN_VIEW,
    Part.OBSERVED: Action.OBSERVATION_VIEW,
    # each field is open to some roles; whoever looks back over a whole record sees all of them
    Part.OWN: Action.PUPIL_HISTORY,
    Part.TIMELINE: Action.PLAN_VIEW,
    Part.DIAGNOSES: Action.HEALTH_VIEW,
    Part.HEALTH: Action.HEALTH_VIEW,
    Part.CARE: Action.CARE_VIEW,
    Part.CONFIDENTIAL: Action.PLAN_WRITE,
}
#: never ticked until somebody ticks it
SENSITIVE = frozenset({Part.DIAGNOSES, Part.HEALTH, Part.CARE, Part.CONFIDENTIAL})
#: put together from what other parts say as well, so it is ticked by who wants it in one place
GATHERED = frozenset({Part.VOICE})


class Purpose(models.TextChoices):
    """What a pack is for; stored for ever."""

    MOVING = "moving", _("The pupil moves to another school")
    ELSEWHERE = "elsewhere", _("The pupil also attends another setting")
    ADVICE = "advice", _("We ask for advice")
    FUNDING = "funding", _("We ask for funding")
    EHC_REQUEST = "ehc-request", _("We ask for an EHC needs assessment")
    MODERATION = "moderation", _("Moderation, without names")


class ReplyKind(models.TextChoices):
    """What a receiver can say back."""

    COMMENT = "comment", _("A comment or a question")
    ADVICE = "advice", _("Our advice")
    EXPECTED = "expected", _("We have read it, and are ready for the pupil")
    RECEIVED = "received", _("We have put what we need on our own record")
    AGREED = "agreed", _("We agree")
    AGREED_IN_PART = "agreed-in-part", _("We agree in part")
    NOT_AGREED = "not-agreed", _("We do not agree")
    MORE_NEEDED = "more-needed", _("We need to know more")


#: by which a school says that it is ready for a pupil who comes, before their first day there too
READY = (ReplyKind.EXPECTED, ReplyKind.RECEIVED)
DECISIONS = (ReplyKind.AGREED, ReplyKind.AGREED_IN_PART, ReplyKind.NOT_AGREED,
             ReplyKind.MORE_NEEDED, ReplyKind.COMMENT)  # fmt: skip
_CORE = (Part.NEEDS, Part.PROFILE, Part.PLANS, Part.BESIDE, Part.DELIVERY,
         Part.EFFECT)  # fmt: skip
#: with names alone: whose plan it is, whom others asked, what was seen
_AROUND = (Part.EHC, Part.AGENCIES)
_NAMED = frozenset(Part)


@dataclass(frozen=True)
class Terms:
    """What holds for packs of one purpose.

    Args:
        allowed: the parts that may go in at all.
        proposed: the parts that are ticked at first.
        days: how long the receiver may usually read it.
        replies: what the receiver can answer.
        kinds: kinds of organisation it can be sent to; empty for any.
        blind: names, dates of birth and whatever leads to the child are taken out.
        statutory: sent because the law asks for it; once opened it is not withdrawn.
    """

    allowed: frozenset[Part]
    proposed: tuple[Part, ...]
    days: int
    replies: tuple[ReplyKind, ...]
    kinds: tuple[str, ...] = ()
    blind: bool = False
    statutory: bool = False


TERMS: dict[Purpose, Terms] = {
    Purpose.MOVING: Terms(
        _NAMED,
        (Part.ABOUT, Part.FAMILY, *_CORE, *_AROUND, Part.TIMELINE),
        days=60,
        replies=(ReplyKind.EXPECTED, ReplyKind.RECEIVED, ReplyKind.MORE_NEEDED, ReplyKind.COMMENT),
        kinds=("setting", "agency"),
        statutory=True,
    ),
    Purpose.ELSEWHERE: Terms(
        _NAMED,
        (Part.ABOUT, *_CORE, *_AROUND),
        days=120,
        replies=(ReplyKind.RECEIVED, ReplyKind.MORE_NEEDED, ReplyKind.COMMENT),
        kinds=("setting", "agency"),
    ),
    Purpose.ADVICE: Terms(
        _NAMED - {Part.CARE, Part.CONFIDENTIAL},
        (Part.ABOUT, *_CORE, *_AROUND, Part.OBSERVED),
        days=60,
        replies=(ReplyKind.ADVICE, ReplyKind.MORE_NEEDED, ReplyKind.COMMENT),
    ),
    Purpose.FUNDING: Terms(
        _NAMED - {Part.FAMILY, Part.CONFIDENTIAL},
        (Part.ABOUT, *_CORE, *_AROUND),
        days=90,
        replies=DECISIONS,
        kinds=("group", "area", "authority", "trust"),
    ),
    Purpose.EHC_REQUEST: Terms(
        _NAMED,
        (Part.ABOUT, Part.FAMILY, *_CORE, Part.AGENCIES, Part.OBSERVED, Part.TIMELINE),
        days=150,
        replies=DECISIONS,
        kinds=("authority",),
        statutory=True,
    ),
    Purpose.MODERATION: Terms(
        frozenset({Part.ABOUT, *_CORE}),
        (Part.ABOUT, *_CORE),
        days=30,
        replies=DECISIONS,
        blind=True,
    ),
}


class Audience(models.TextChoices):
    """Who reads a pack on paper; it decides what of other people is in it."""

    FAMILY = "family", _("The family, or the pupil")
    SETTING = "setting", _("Another school or setting")
    PROFESSIONAL = "professional", _("Somebody who works with the pupil")
    AUTHORITY = "authority", _("The authority")
    OWN = "own", _("Our own school: colleagues, governors, inspectors")


#: readers who may know that a record can hold confidential entries, health alerts and care status
KNOWING = frozenset({Audience.SETTING, Audience.AUTHORITY, Audience.OWN})


class Stage(models.TextChoices):
    """Where a pack stands on the sender's side."""

    PREPARED = "prepared", _("Not sent yet")
    SENT = "sent", _("Sent")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DROPPED = "dropped", _("Not sent, and given up")


MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.PREPARED: frozenset({Stage.SENT, Stage.DROPPED}),
    Stage.SENT: frozenset({Stage.WITHDRAWN}),
    Stage.WITHDRAWN: frozenset(),
    Stage.DROPPED: frozenset(),
}


def in_own_order(parts: Iterable[str]) -> tuple[Part, ...]:
    """Give parts in the order in which somebody put them, each once; what is none is left out."""
    known = [Part(one) for one in parts if one in Part.values]
    return tuple(dict.fromkeys(known))


def in_order(parts: object) -> tuple[Part, ...]:
    """Give parts of any order, each once, in the order in which packs show them."""
    wanted = {str(part) for part in parts} if isinstance(parts, list | tuple | set) else set()
    return tuple(part for part in Part if part.value in wanted)
