"""What kinds of personal data the record holds, and on what footing: one declaration, many readers.

A model says in `PersonalData` which of its fields are personal and why. To which part of the record
it belongs is said here once for each app, and by the model where it differs (`PersonalData.part`).
From both together come the record of processing, the notices to people, the answer to a subject
access request, and what a certificate of disposal counts.

What a model can say besides, where keys alone do not lead from a child to its rows:

- `by_ref`: a field that holds the reference of another record, such as what a draft is about.
- `reached_from`: keys that point here from rows about a child, "network.Prepared.pack".
- `named_in`: a field in which another organisation wrote the child's name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opensenco.access.actions import Action as A

#: UK GDPR, as GOV-01 of the law's rulebook reads it
TASK = _("Public task: article 6(1)(e)")
DUTY = _("Legal obligation: article 6(1)(c)")
PUBLIC_INTEREST = _(
    "Substantial public interest: article 9(2)(g), with Schedule 1 of the Data Protection Act 2018"
)
SAFEGUARDING = _(
    "Safeguarding of children: article 9(2)(g), with paragraph 18 of Schedule 1 of the Data "
    "Protection Act 2018"
)
NO_SPECIAL = _("None is sought: nothing here is of a special category by itself")
SEN_RULE, PUPIL_RULE, WITH_ITS_RECORD, HOUSE_RULE = "sen", "pupil", "record", "house"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the record, as people are told of it.

    Args:
        words: its name. why: what it is for. source: where it comes from.
        basis: article 6. special: the condition of article 9.
        keep: how long: a code of documents.retention.KEEPS, "record" for as long as the record it
            belongs to, "house" for what the house keeps of people who work here.
        verbs: whose roles see it.
    """

    code: str
    words: Promise
    why: Promise
    source: Promise
    basis: Promise = TASK
    special: Promise = PUBLIC_INTEREST
    keep: str = SEN_RULE
    verbs: tuple[A, ...] = ()


SCHOOL = _("The school's own system, and what staff write")
FAMILY = _("The family")
STAFF = _("What staff write")

_PARTS = (
    Part("identity", _("Who the child is"),
         _("To know the child, their class and their school, and to count what hangs on age."),
         SCHOOL, special=NO_SPECIAL,
         verbs=(A.PUPIL_VIEW,)),
    Part("family", _("Parents, carers and others to reach"),
         _("To speak with the family, and to keep to what a court has said."), FAMILY,
         special=NO_SPECIAL,
         verbs=(A.CONTACT_VIEW,)),
    Part("health", _("Health alerts"), _("To keep the child safe during the day."), FAMILY,
         verbs=(A.HEALTH_VIEW,)),
    Part("care", _("Care status"),
         _("To do what is owed to children in care and to young carers."),
         _("The authority and the family"),
         verbs=(A.CARE_VIEW,)),
    Part("concerns", _("Concerns and observations"),
         _("To notice early that a child needs help."), STAFF,
         verbs=(A.CONCERN_VIEW, A.OBSERVATION_VIEW,)),
    Part("safeguarding", _("What is marked for the safeguarding lead"),
         _("To keep the child from harm."), STAFF, special=SAFEGUARDING,
         verbs=(A.SAFEGUARDING_VIEW,)),
    Part("plans", _("Needs, plans and reviews"),
         _("To find out what the child needs, to agree it, to do it and to see whether it helps."),
         _("What staff, the family and the child say"),
         verbs=(A.PLAN_VIEW, A.PROFILE_VIEW, A.REGISTER_VIEW,)),
    Part("own", _("The school’s own fields"),
         _("To know what this school decided that it needs to know to support the child."), STAFF,
         verbs=(A.PUPIL_VIEW,)),
    Part("records", _("Attendance, results and behaviour"),
         _("To see how the child is doing beside what was planned."),
         _("The school's other systems"), special=NO_SPECIAL,
         verbs=(A.ATTENDANCE_VIEW, A.ASSESSMENT_VIEW, A.BEHAVIOUR_VIEW,)),
    Part("provision", _("Provision and sessions"),
         _("To give what was promised and to show that it was given."), STAFF,
         verbs=(A.PROVISION_VIEW,)),
    Part("documents", _("Documents"),
         _("To keep plans, reports, letters and evidence where they are found."),
         _("Professionals, the family, the authority and staff"),
         verbs=(A.DOCUMENT_VIEW, A.DOCUMENT_CONFIDENTIAL,)),
    Part("asking", _("What people were asked and answered"),
         _("To hear everybody who knows the child."),
         _("Whoever was asked"),
         verbs=(A.ASK_SEND,)),
    Part("meetings", _("Meetings"), _("To meet, to record what was agreed, and to follow it up."),
         _("Whoever took part"),
         verbs=(A.MEETING_READ,)),
    Part("letters", _("Letters, calls and talks"), _("To keep in touch with the family."), STAFF,
         verbs=(A.CONTACT_LOG, A.LETTER_WRITE,)),
    Part("threads", _("Messages among staff"), _("To work together for the child."), STAFF,
         verbs=(A.THREAD_JOIN,)),
    Part("timeline", _("Timeline, dates and tasks"),
         _("To see what happened, what is due and whose turn it is."), STAFF,
         verbs=(A.PUPIL_VIEW,)),
    Part("told", _("Notices and email"), _("To tell people that something waits."), STAFF,
         special=NO_SPECIAL, keep=WITH_ITS_RECORD,
         verbs=(A.TASK_VIEW,)),
    Part("sharing", _("What was sent to other organisations"),
         _("To let others decide or help, with a copy of what they need."),
         _("The record itself, and what others reply"),
         verbs=(A.PACK_SEND, A.PACK_OPEN, A.PACK_GATHER,)),
    Part("imports", _("Lists that were read in"),
         _("To take over what other systems hold, and to be able to undo it."),
         _("The school's other systems"), keep=WITH_ITS_RECORD,
         verbs=(A.IMPORT_PUPILS,)),
    Part("looks", _("Who looked and who changed what"),
         _("To answer to the child for who has seen their record."),
         _("OpenSENCO itself"), DUTY, NO_SPECIAL, WITH_ITS_RECORD,
         verbs=(A.ACCESS_LOG_VIEW,)),
    Part("rights", _("Requests about personal data, and decisions on keeping"),
         _("To answer people about their data, and to show how it was done."),
         _("Whoever asks, and staff"), DUTY, PUBLIC_INTEREST, WITH_ITS_RECORD,
         verbs=(A.REQUEST_HANDLE, A.KEEPING_DECIDE,)),
    Part("drafts", _("What was typed and not sent yet"), _("So that no words are lost."), STAFF,
         keep=HOUSE_RULE),
    Part("work", _("Working time, calendars and reports of the place"),
         _("To see what the work takes, and to report on it without naming a child."), STAFF,
         special=NO_SPECIAL, keep=HOUSE_RULE,
         verbs=(A.TIME_VIEW, A.REPORT_READ,)),
    Part("staff", _("Hours of staff, who is away, who stands in, supervision"),
         _("So that what a child was promised takes place, and so that staff are led well. Why "
           "somebody is away is never asked."),
         STAFF, special=NO_SPECIAL, keep=HOUSE_RULE,
         verbs=(A.STAFF_VIEW, A.COVER_ARRANGE, A.SUPERVISION_READ)),
    Part("pay", _("What an hour of staff costs"),
         _("To work out what provision costs. Of one person it tells their pay, so those alone see "
           "it who answer for the place."),
         _("The place's own payroll"), special=NO_SPECIAL, keep=HOUSE_RULE,
         verbs=(A.RATES_KEEP,)),
    Part("accounts", _("People who sign in, and their roles"),
         _("To let in who works with a child, and nobody else."),
         _("The person, and who added them"), special=NO_SPECIAL, keep=HOUSE_RULE,
         verbs=(A.PEOPLE_MANAGE,)),
)  # fmt: skip
#: parts that are about people who work here, and about a child only by the way
OF_STAFF = ("accounts", "work", "staff", "pay", "drafts", "looks", "told")
PARTS: Mapping[str, Part] = {one.code: one for one in _PARTS}
#: the part that an app's models belong to, where a model says nothing else
OF_APPS: Mapping[str, str] = {
    "access": "accounts",
    "audit": "looks",
    "gate": "drafts",
    "people": "identity",
    "documents": "documents",
    "notices": "told",
    "cases": "timeline",
    "participation": "asking",
    "meetings": "meetings",
    "concerns": "concerns",
    "threads": "threads",
    "support": "plans",
    "provision": "provision",
    "costing": "provision",
    "staffing": "staff",
    "ehc": "plans",
    "handover": "plans",
    "network": "sharing",
    "letters": "letters",
    "reports": "work",
    "exchange": "imports",
    "protection": "rights",
}


def declared(model: type[models.Model], name: str, default: Any = None) -> Any:
    """Give what a model declares of its personal data under a name; of a history, its model's."""
    kept = getattr(model, "instance_type", model)
    return getattr(getattr(kept, "PersonalData", None), name, default)


def part_of(model: type[models.Model]) -> Part:
    """Give the part of the record that a model belongs to.

    Raises:
        KeyError: neither the model nor its app says.
    """
    return PARTS[declared(model, "part") or OF_APPS[model._meta.app_label]]


def personal_fields(model: type[models.Model]) -> dict[str, str]:
    """Give the fields of a model that are personal, each with why it is held."""
    fields: dict[str, str] = declared(model, "fields", {})
    return fields
