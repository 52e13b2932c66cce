"""Which verbs go together, and how far each reaches: what roles are made of."""

from opensenco.access.actions import Action
from opensenco.access.reach import Grants, Reach, at

A = Action
EVERYBODY = (
    A.CONCERN_RAISE, A.SAFEGUARDING_NOTE, A.WHO_SEES, A.TASK_VIEW, A.TASK_DO, A.ASK_ANSWER,
    A.MEETING_ANSWER, A.TIME_LOG, A.SENCO_ASK, A.HANDOVER_READ, A.ON_SITE_VIEW, A.ON_SITE_SAY,
)  # fmt: skip
#: whoever can raise a concern follows it, and can be asked to look after one; whoever is invited to
#: a meeting sees it and reads its record
OWN_CONCERNS = at(Reach.OWN, (A.CONCERN_VIEW, A.CONCERN_CARRY, A.MEETING_VIEW, A.MEETING_READ))
#: what whoever books meetings does; they read no record
BOOKING = (A.MEETING_VIEW, A.MEETING_PLAN)
MEETING = (*BOOKING, A.MEETING_READ, A.MEETING_RECORD)
CHILD_PAGES = (
    A.PUPIL_VIEW, A.PROFILE_VIEW, A.PLAN_VIEW, A.PROVISION_VIEW, A.HEALTH_VIEW,
)  # fmt: skip
#: what the school's other systems know of a pupil; assistants see how a pupil does in tests and
#: whether they are there, and never read the behaviour log
RECORDS = (A.ATTENDANCE_VIEW, A.ASSESSMENT_VIEW, A.BEHAVIOUR_VIEW)
CO_ORDINATING = (
    *CHILD_PAGES, *RECORDS, A.RECORDS_EDIT, A.BEHAVIOUR_EDIT,
    A.PUPIL_FIND, A.PUPIL_ADD, A.PUPIL_EDIT, A.PUPIL_HISTORY, A.FIELD_FILL, A.CONTACT_VIEW,
    A.CONTACT_EDIT, A.CONTACT_LOG, A.LETTER_WRITE, A.TIME_VIEW, A.FORMER_NAMES, A.GUARDED_NAMES,
    A.CARE_VIEW, A.CARE_EDIT, A.HEALTH_EDIT, A.CONCERN_VIEW, A.CONCERN_TRIAGE,
    A.CONCERN_CARRY, A.OBSERVATION_VIEW, A.OBSERVE,
    A.REGISTER_VIEW, A.STATUS_SET, A.NEEDS_SET, A.PROFILE_EDIT, A.PLAN_WRITE, A.PLAN_PRINT,
    A.EHC_KEEP, A.HANDOVER_KEEP,
    A.REVIEW_WRITE, A.RECORD_INVALIDATE, A.PROVISION_ALLOCATE, A.SESSION_LOG, A.ACCESS_LOG_VIEW,
    A.COST_VIEW, A.STAFF_VIEW, A.COVER_ARRANGE,
    A.DOCUMENT_VIEW, A.DOCUMENT_CONFIDENTIAL, A.DOCUMENT_FILE, A.ASK_SEND, A.ASK_CHASE,
    *MEETING,
    A.THREAD_JOIN, A.THREAD_MEND, A.SENCO_ANSWER,
)  # fmt: skip
#: whoever keeps a child safe knows the names by which somebody may ask for them
KEEPING_SAFE = (A.PUPIL_FIND, A.FORMER_NAMES, A.GUARDED_NAMES, A.CONTACT_VIEW, A.CONTACT_LOG,
                A.CARE_VIEW)  # fmt: skip
RUNNING_THE_PLACE = (
    A.CLASS_EDIT, A.PEOPLE_MANAGE, A.ROLE_NARROW, A.LETTER_TEMPLATES, A.QUESTIONS_EDIT,
    A.GUIDE_EDIT, A.FIELD_MAKE,
    A.SETTING_EDIT, A.CALENDAR_EDIT, A.YEAR_TURN, A.IMPORT_PUPILS, A.RECORDS_MEND, A.PACK_SEND,
    A.PACK_OPEN, A.PACK_ANSWER, A.FIGURES_VIEW, A.DIRECTORY_VIEW, A.SETTING_GO_ON,
    A.FIGURES_RELEASE,
    A.REPORT_READ, A.REPORT_WRITE, A.REQUEST_HANDLE, A.SIGN_IN_HELP, A.COST_KEEP,
    A.STAFF_KEEP, A.SUPERVISE, A.SUPERVISION_READ,
)  # fmt: skip

#: what is said in supervision is for the two who were there, and for who leads the team
SUPERVISED = at(Reach.OWN, (A.SUPERVISION_READ,))
#: what books meetings and sends letters, over the whole place
ADMINISTERING = (
    *EVERYBODY, A.PUPIL_FIND, A.PUPIL_VIEW, A.PUPIL_ADD, A.PUPIL_EDIT,
    A.FIELD_FILL, A.FORMER_NAMES, A.CONTACT_VIEW, A.CONTACT_EDIT, A.CONTACT_LOG, A.LETTER_WRITE,
    A.LETTER_TEMPLATES, A.CLASS_EDIT, A.REGISTER_VIEW,
    A.ATTENDANCE_VIEW, A.ASSESSMENT_VIEW, A.RECORDS_EDIT, A.CALENDAR_EDIT,
    A.YEAR_TURN, A.IMPORT_PUPILS, A.DIRECTORY_VIEW, A.ASK_CHASE, A.PACK_GATHER,
)  # fmt: skip

SENCO_GRANTS: Grants = at(Reach.ALL, (*EVERYBODY, *CO_ORDINATING, *RUNNING_THE_PLACE))
#: whoever answers for the whole place approves what it publishes, may leave with its record,
#: decides what of it is kept, and knows what people are paid
ANSWERING_GRANTS: Grants = {
    **SENCO_GRANTS,
    **at(Reach.ALL, (A.REPORT_APPROVE, A.PLACE_COPY, A.KEEPING_DECIDE, A.RATES_KEEP)),
}
#: money: what is given and what an hour costs; the register with the needs by which money is
#: summed, and no plan
BUSINESS_GRANTS: Grants = {
    **at(
        Reach.ALL,
        (*EVERYBODY, A.PUPIL_FIND, A.PUPIL_VIEW, A.REGISTER_VIEW, A.PROVISION_VIEW, A.COST_VIEW,
         A.COST_KEEP, A.RATES_KEEP, A.STAFF_VIEW, A.STAFF_KEEP, A.FIGURES_VIEW, A.REPORT_READ,
         A.DIRECTORY_VIEW),
    ),
    **OWN_CONCERNS,
}  # fmt: skip
PHASE_GRANTS: Grants = {
    **at(Reach.ALL, (*EVERYBODY, A.DIRECTORY_VIEW, A.SUPERVISE)),
    **SUPERVISED,
    **at(Reach.PART, CO_ORDINATING),
}
TEACHER_GRANTS: Grants = {
    # any pupil can be found by name and class, and any pupil can worry anybody
    **at(Reach.ALL, (*EVERYBODY, A.PUPIL_FIND, A.OUT_OF_DUTY_OPEN)),
    **at(
        Reach.TEACHES,
        (*CHILD_PAGES, *RECORDS, A.CONTACT_VIEW, A.CONTACT_LOG, A.PLAN_PRINT, A.REVIEW_WRITE,
         A.FIELD_FILL, A.PROFILE_EDIT, A.SESSION_LOG, A.DOCUMENT_VIEW, A.DOCUMENT_FILE,
         A.THREAD_JOIN, A.THREAD_MEND, A.OBSERVATION_VIEW, A.OBSERVE),
    ),
    **OWN_CONCERNS,
    **SUPERVISED,
    **at(Reach.TEACHES, MEETING),
}  # fmt: skip
ASSISTANT_GRANTS: Grants = {
    **at(Reach.ALL, (*EVERYBODY, A.PUPIL_FIND, A.OUT_OF_DUTY_OPEN)),
    **at(
        Reach.ASSIGNED,
        (A.PUPIL_VIEW, A.PROFILE_VIEW, A.PROVISION_VIEW, A.HEALTH_VIEW, A.SESSION_LOG,
         A.ATTENDANCE_VIEW, A.ASSESSMENT_VIEW, A.CONTACT_LOG, A.FIELD_FILL,
         A.THREAD_JOIN, A.THREAD_MEND, A.OBSERVE),
    ),
    **at(Reach.OWN, (A.OBSERVATION_VIEW,)),
    **OWN_CONCERNS,
    **SUPERVISED,
}  # fmt: skip
LEAD_GRANTS: Grants = {
    **at(
        Reach.ALL,
        (*EVERYBODY, *CHILD_PAGES, *RECORDS, *KEEPING_SAFE, A.SAFEGUARDING_VIEW,
         A.FIELD_FILL, A.DOCUMENT_VIEW, A.DOCUMENT_FILE),
    ),
    **OWN_CONCERNS,
}  # fmt: skip
TIER_GRANTS: Grants = at(
    Reach.ALL,
    (A.WHO_SEES, A.TASK_VIEW, A.TASK_DO, A.PACK_OPEN, A.PACK_ANSWER, A.FIGURES_VIEW,
     A.DIRECTORY_VIEW),
)  # fmt: skip
SENDING_TIER_GRANTS: Grants = {**TIER_GRANTS, **at(Reach.ALL, (A.PACK_SEND,))}
#: brings nurseries, childminders and schools of its area here
ADOPTING_TIER_GRANTS: Grants = {**TIER_GRANTS, **at(Reach.ALL, (A.SETTING_ADOPT,))}
#: decides on what is sent to the panel, and reads nothing else
PANEL_GRANTS: Grants = {k: v for k, v in TIER_GRANTS.items() if k is not A.FIGURES_VIEW}
#: keeps a caseload of its own: figures about schools are not its work
SERVICE_GRANTS: Grants = {**PANEL_GRANTS, **at(Reach.ALL, (A.PACK_SEND,))}
GUEST_GRANTS: Grants = at(Reach.CHILD, (A.PUPIL_VIEW, A.PROFILE_VIEW, A.PLAN_VIEW))

#: verbs that reach no child: whoever has others needs a second step to sign in
REACHES_NO_CHILD = frozenset({
    A.SIGNED_IN, A.WHO_SEES, A.FIGURES_VIEW, A.DIRECTORY_VIEW, A.REPORT_READ, A.REPORT_APPROVE,
})  # fmt: skip
#: looks after rights over personal data: reads the logs, and what is gathered for a request
PROTECTION_GRANTS: Grants = at(
    Reach.ALL,
    (A.WHO_SEES, A.TASK_VIEW, A.TASK_DO, A.PUPIL_FIND, A.ACCESS_LOG_VIEW, A.REQUEST_HANDLE,
     A.KEEPING_DECIDE, A.DIRECTORY_VIEW),
)  # fmt: skip

#: what a SENCO keeps to themselves
NOT_HANDED_OVER = {
    A.PEOPLE_MANAGE, A.SIGN_IN_HELP, A.ROLE_NARROW, A.SETTING_EDIT, A.CARE_EDIT, A.ACCESS_LOG_VIEW,
    A.FIELD_MAKE, A.RECORDS_MEND, A.PACK_SEND, A.PACK_ANSWER, A.SETTING_GO_ON, A.FIGURES_RELEASE,
    A.REQUEST_HANDLE, A.COST_VIEW, A.COST_KEEP, A.STAFF_KEEP, A.SUPERVISE, A.SUPERVISION_READ,
    A.YEAR_TURN, A.IMPORT_PUPILS,
}  # fmt: skip
HEALTHLESS = {A.HEALTH_EDIT, A.CARE_EDIT}
