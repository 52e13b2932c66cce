"""What each role can do: one readable set. `opensenco roles` prints it as docs/roles.md."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from opensenco.access.actions import Action
from opensenco.access.grants import (
    ADMINISTERING,
    ADOPTING_TIER_GRANTS,
    ANSWERING_GRANTS,
    ASSISTANT_GRANTS,
    BOOKING,
    BUSINESS_GRANTS,
    CHILD_PAGES,
    EVERYBODY,
    GUEST_GRANTS,
    HEALTHLESS,
    KEEPING_SAFE,
    LEAD_GRANTS,
    NOT_HANDED_OVER,
    OWN_CONCERNS,
    PANEL_GRANTS,
    PHASE_GRANTS,
    PROTECTION_GRANTS,
    RECORDS,
    SENCO_GRANTS,
    SENDING_TIER_GRANTS,
    SERVICE_GRANTS,
    SUPERVISED,
    TEACHER_GRANTS,
    TIER_GRANTS,
)
from opensenco.access.reach import Reach, Role, at

A = Action

LEADERSHIP_LACKS = {
    A.ROLE_NARROW, A.REQUEST_HANDLE, A.SUPERVISE, A.SUPERVISION_READ, *HEALTHLESS,
}  # fmt: skip

ROLES: tuple[Role, ...] = (
    Role(
        "SENCO",
        "SENCO",
        _("Co-ordinates support for children with special educational needs."),
        SENCO_GRANTS,
        home="senco",
    ),
    Role(
        "SENCO_LEAD",
        _("Lead SENCO"),
        _("Leads several SENCOs of one school."),
        SENCO_GRANTS,
        home="senco",
    ),
    Role(
        "SENCO_PHASE",
        _("Phase SENCO"),
        _("Co-ordinates one part of a school: a phase, a provision or a unit."),
        PHASE_GRANTS,
        home="senco",
    ),
    Role(
        "SENCO_SHARED",
        _("Shared SENCO"),
        _("Is SENCO of several schools, each with its own record."),
        SENCO_GRANTS,
        home="senco",
    ),
    Role(
        "SENCO_TRUST",
        _("Trust SENCO"),
        _("Is SENCO for the schools of a trust."),
        SENCO_GRANTS,
        home="senco",
    ),
    Role(
        "SEN_TEAM",
        _("SEN team member"),
        _("Does the tasks that the SENCO hands over."),
        {**{k: v for k, v in SENCO_GRANTS.items() if k not in NOT_HANDED_OVER}, **SUPERVISED},
        home="senco",
    ),
    Role(
        "SEN_ADMIN",
        _("SEN administrator"),
        _("Books meetings and sends letters; sees no plans and no health alerts."),
        {
            **at(Reach.ALL, ADMINISTERING),
            **OWN_CONCERNS,
            **SUPERVISED,
            **at(Reach.ALL, BOOKING),
        },
    ),
    Role(
        "TEACHER",
        _("Teacher"),
        _("Teaches classes or groups and answers for their progress."),
        TEACHER_GRANTS,
        home="teacher",
    ),
    Role(
        "TA",
        _("Teaching assistant"),
        _("Runs groups and works with named pupils."),
        ASSISTANT_GRANTS,
        home="assistant",
    ),
    Role("HEAD", _("Head teacher"), _("Answers for the school."), ANSWERING_GRANTS, home="senco"),
    Role(
        "SLT",
        _("Leadership team"),
        _("Leads part of the school's work."),
        {**{k: v for k, v in SENCO_GRANTS.items() if k not in LEADERSHIP_LACKS}, **SUPERVISED},
        home="senco",
    ),
    Role(
        "GOVERNOR",
        _("Governor or proprietor"),
        _("Sees figures and duties, never a child's name."),
        at(
            Reach.ALL,
            (A.WHO_SEES, A.FIGURES_VIEW, A.DIRECTORY_VIEW, A.REPORT_READ, A.REPORT_APPROVE),
        ),
        tiers=("setting", "trust"),
    ),
    Role(
        "DSL",
        _("Safeguarding lead"),
        _("Alone reads what is marked for safeguarding."),
        LEAD_GRANTS,
    ),
    Role(
        "DATA_PROTECTION",
        _("Data protection officer"),
        _("Answers for people’s rights over their data; reads who looked, and answers requests."),
        PROTECTION_GRANTS,
    ),
    Role(
        "DESIGNATED_TEACHER",
        _("Designated teacher"),
        _("Looks after the schooling of children in care."),
        {
            **at(
                Reach.ALL,
                (
                    *EVERYBODY,
                    *CHILD_PAGES,
                    *RECORDS,
                    *KEEPING_SAFE,
                    A.CARE_EDIT,
                    A.FIELD_FILL,
                    A.REGISTER_VIEW,
                    A.DOCUMENT_VIEW,
                ),
            ),
            **OWN_CONCERNS,
        },
    ),
    Role(
        "EXAMS_OFFICER",
        _("Exams officer"),
        _("Arranges exams; sees the register and what is provided, no plans."),
        {
            **at(
                Reach.ALL,
                (
                    *EVERYBODY,
                    A.PUPIL_FIND,
                    A.PUPIL_VIEW,
                    A.REGISTER_VIEW,
                    A.PROVISION_VIEW,
                    A.ASSESSMENT_VIEW,
                ),
            ),
            **OWN_CONCERNS,
        },
    ),
    Role(
        "BUSINESS_MANAGER",
        _("Business manager"),
        _("Looks after money: rates, notional budget, top-up, costs. Sees the register, no plans."),
        BUSINESS_GRANTS,
    ),
    Role(
        "AA_ASSESSOR",
        _("Access arrangements assessor"),
        _("Assesses named candidates for exam arrangements."),
        {
            **at(
                Reach.ALL,
                (
                    A.WHO_SEES,
                    A.TASK_VIEW,
                    A.TASK_DO,
                    A.ASK_ANSWER,
                    A.SENCO_ASK,
                    A.CONCERN_RAISE,
                    A.PUPIL_FIND,
                ),
            ),
            **at(Reach.ASSIGNED, (A.PUPIL_VIEW, A.PLAN_VIEW, A.PROFILE_VIEW, A.ASSESSMENT_VIEW)),
            **OWN_CONCERNS,
        },
    ),
    Role(
        "EY_SENCO",
        _("Early years SENCO"),
        _("Is SENCO of a nursery or pre-school."),
        SENCO_GRANTS,
        home="senco",
    ),
    Role(
        "MANAGER",
        _("Manager"),
        _("Runs a nursery or pre-school."),
        ANSWERING_GRANTS,
        home="senco",
    ),
    Role(
        "KEY_PERSON",
        _("Key person"),
        _("Looks after named children in a nursery: what helps them and what was done."),
        ASSISTANT_GRANTS,
        home="assistant",
    ),
    Role(
        "CHILDMINDER",
        _("Childminder"),
        _("Cares for children at home, alone or in a network."),
        ANSWERING_GRANTS,
        home="senco",
    ),
    Role(
        "AGENCY_SENCO",
        _("Agency SENCO"),
        _("Is SENCO for the childminders of an agency or network."),
        ADOPTING_TIER_GRANTS,
        tiers=("agency",),
        home="tier",
    ),
    Role(
        "AREA_SENCO",
        _("Area SENCO"),
        _("Advises nurseries and childminders of an area, as advisory teachers do."),
        ADOPTING_TIER_GRANTS,
        tiers=("area", "authority", "team"),
        home="tier",
    ),
    Role(
        "FAMILY_SENCO",
        _("Family SENCO"),
        _("Leads a family of schools: bids, moderation, money."),
        {**SENDING_TIER_GRANTS, **at(Reach.ALL, (A.LIBRARY_OFFER,))},
        tiers=("group",),
        home="tier",
    ),
    Role(
        "DISTRICT_SENCO",
        _("District SENCO"),
        _("Supports the families and schools of a district."),
        TIER_GRANTS,
        tiers=("area",),
        home="tier",
    ),
    Role(
        "SENIOR_PRACTITIONER",
        _("Senior practitioner"),
        _("Manages and balances District SENCOs' work."),
        TIER_GRANTS,
        tiers=("area", "authority", "team"),
        home="tier",
    ),
    Role(
        "LOCALITY_LEAD",
        _("Locality lead"),
        _("Oversees one locality of the authority."),
        TIER_GRANTS,
        tiers=("area",),
        home="tier",
    ),
    Role(
        "SENIOR_TEACHER",
        _("Senior teacher"),
        _("Develops how Family SENCOs work."),
        TIER_GRANTS,
        tiers=("area", "authority", "team"),
        home="tier",
    ),
    Role(
        "PLAN_COORDINATOR",
        _("Plan co-ordinator"),
        _("Runs EHC assessments, plans and reviews."),
        SENDING_TIER_GRANTS,
        tiers=("authority",),
        home="tier",
    ),
    Role(
        "SEN_OFFICER",
        _("SEND officer"),
        _("Works in the authority's SEND service."),
        {
            **SENDING_TIER_GRANTS,
            **ADOPTING_TIER_GRANTS,
            **at(Reach.ALL, (A.CALENDAR_EDIT, A.GUIDE_EDIT, A.LIBRARY_OFFER)),
        },
        tiers=("authority",),
        home="tier",
    ),
    Role(
        "TRUST_LEAD",
        _("Trust SEND lead"),
        _("Leads SEN across the schools of a trust: brings them here, and reads no record."),
        {
            **SENDING_TIER_GRANTS,
            **ADOPTING_TIER_GRANTS,
            **at(Reach.ALL, (A.CALENDAR_EDIT, A.GUIDE_EDIT, A.LIBRARY_OFFER)),
        },
        tiers=("trust",),
        home="tier",
    ),
    Role(
        "PANEL_MEMBER",
        _("Panel member"),
        _("Decides cases sent to a panel or forum."),
        PANEL_GRANTS,
        tiers=("group", "area", "authority"),
        home="tier",
    ),
    Role(
        "SERVICE_STAFF",
        _("Specialist"),
        _("Psychologist, therapist or specialist teacher with a service's own record."),
        SERVICE_GRANTS,
        tiers=("service", "team"),
        home="tier",
    ),
    Role(
        "PROFESSIONAL",
        _("Visiting professional"),
        _("From health, social care or a charity: listed pupils, shared papers, until a date."),
        GUEST_GRANTS,
        guest=True,
        home="guest",
    ),
    Role(
        "PARENT",
        _("Parent or carer"),
        _("Sees what is shared about their own child."),
        GUEST_GRANTS,
        guest=True,
        family=True,
        home="guest",
    ),
    Role(
        "PUPIL",
        _("Pupil"),
        _("Sees their own page."),
        GUEST_GRANTS,
        guest=True,
        family=True,
        home="guest",
    ),
)

BY_CODE: dict[str, Role] = {role.code: role for role in ROLES}


def combined(codes: Iterable[str], without: Iterable[str]) -> dict[Action, Reach]:
    """Give the grants of a school's own role: the union of shipped ones, less some verbs.

    A code or verb that is not known adds nothing, so a local role can only ever be narrower.
    """
    grants: dict[Action, Reach] = {}
    for code in codes:
        role = BY_CODE.get(code)
        for action, reach in (role.grants if role and not role.guest else {}).items():
            grants[action] = max(reach, grants.get(action, reach))
    taken = set(without)
    return {action: reach for action, reach in grants.items() if action.value not in taken}
