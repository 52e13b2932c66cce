"""Every verb that a role can be given. Nothing else grants anything."""

from enum import StrEnum


class Action(StrEnum):
    """A verb; its value is stored in the audit and never changes meaning."""

    # whoever has a role today
    SIGNED_IN = "signed_in"
    # pupils and the people round them
    PUPIL_FIND = "pupil.find"
    PUPIL_VIEW = "pupil.view"
    PUPIL_ADD = "pupil.add"
    PUPIL_EDIT = "pupil.edit"
    PUPIL_HISTORY = "pupil.history"
    FIELD_FILL = "pupil.fields"
    FORMER_NAMES = "pupil.former_names"
    GUARDED_NAMES = "pupil.guarded_names"
    RECORDS_MEND = "pupil.mend"
    CONTACT_VIEW = "contact.view"
    CONTACT_EDIT = "contact.edit"
    CONTACT_LOG = "contact.log"
    CARE_VIEW = "care.view"
    CARE_EDIT = "care.edit"
    HEALTH_VIEW = "health.view"
    HEALTH_EDIT = "health.edit"
    CLASS_EDIT = "class.edit"
    OUT_OF_DUTY_OPEN = "pupil.open_out_of_duty"
    # concerns
    CONCERN_RAISE = "concern.raise"
    CONCERN_VIEW = "concern.view"
    CONCERN_TRIAGE = "concern.triage"
    CONCERN_CARRY = "concern.carry"
    OBSERVATION_VIEW = "observation.view"
    OBSERVE = "observation.write"
    SAFEGUARDING_VIEW = "safeguarding.view"
    SAFEGUARDING_NOTE = "safeguarding.note"
    # SEN support
    REGISTER_VIEW = "register.view"
    STATUS_SET = "status.set"
    NEEDS_SET = "needs.set"
    EHC_KEEP = "ehc.keep"
    HANDOVER_KEEP = "handover.keep"
    HANDOVER_READ = "handover.read"
    PROFILE_VIEW = "profile.view"
    PROFILE_EDIT = "profile.edit"
    PLAN_VIEW = "plan.view"
    PLAN_WRITE = "plan.write"
    PLAN_PRINT = "plan.print"
    REVIEW_WRITE = "review.write"
    RECORD_INVALIDATE = "record.invalidate"
    # what the school's other systems know
    ATTENDANCE_VIEW = "attendance.view"
    ASSESSMENT_VIEW = "assessment.view"
    RECORDS_EDIT = "records.edit"
    BEHAVIOUR_VIEW = "behaviour.view"
    BEHAVIOUR_EDIT = "behaviour.edit"
    # documents
    DOCUMENT_VIEW = "document.view"
    DOCUMENT_CONFIDENTIAL = "document.confidential"
    DOCUMENT_FILE = "document.file"
    # asking
    ASK_SEND = "ask.send"
    ASK_CHASE = "ask.chase"
    ASK_ANSWER = "ask.answer"
    QUESTIONS_EDIT = "place.questions"
    # letters
    LETTER_WRITE = "letter.write"
    LETTER_TEMPLATES = "letter.templates"
    # what the adults round a pupil tell each other
    THREAD_JOIN = "thread.join"
    THREAD_MEND = "thread.mend"
    SENCO_ASK = "senco.ask"
    SENCO_ANSWER = "senco.answer"
    # provision
    PROVISION_VIEW = "provision.view"
    PROVISION_ALLOCATE = "provision.allocate"
    SESSION_LOG = "session.log"
    # who gives it, and who stands in
    STAFF_VIEW = "staff.view"
    STAFF_KEEP = "staff.keep"
    COVER_ARRANGE = "cover.arrange"
    SUPERVISION_READ = "supervision.read"
    SUPERVISE = "supervision.write"
    ON_SITE_VIEW = "on_site.view"
    ON_SITE_SAY = "on_site.say"
    # what it costs
    COST_VIEW = "cost.view"
    COST_KEEP = "cost.keep"
    RATES_KEEP = "rates.keep"
    # meetings
    MEETING_VIEW = "meeting.view"
    MEETING_READ = "meeting.read"
    MEETING_PLAN = "meeting.plan"
    MEETING_RECORD = "meeting.record"
    MEETING_ANSWER = "meeting.answer"
    # the day
    TASK_VIEW = "task.view"
    TASK_DO = "task.do"
    TIME_LOG = "time.log"
    TIME_VIEW = "time.view"
    # the place
    WHO_SEES = "place.who_sees"
    PEOPLE_MANAGE = "place.people"
    SIGN_IN_HELP = "place.sign_in"
    ROLE_NARROW = "place.roles"
    SETTING_EDIT = "place.edit"
    FIELD_MAKE = "place.fields"
    GUIDE_EDIT = "place.guides"
    LIBRARY_OFFER = "library.offer"
    CALENDAR_EDIT = "place.calendar"
    YEAR_TURN = "place.year"
    SETTING_ADOPT = "place.adopt"
    SETTING_GO_ON = "place.go_on"
    REGISTER_TAKE = "place.register"
    PLACE_COPY = "place.copy"
    PLACE_BRING = "place.bring"
    IMPORT_PUPILS = "import.pupils"
    ACCESS_LOG_VIEW = "audit.view"
    # rights over personal data
    REQUEST_HANDLE = "protection.requests"
    KEEPING_DECIDE = "protection.keeping"
    # between organisations
    PACK_GATHER = "pack.gather"
    PACK_SEND = "pack.send"
    PACK_OPEN = "pack.open"
    PACK_ANSWER = "pack.answer"
    FIGURES_VIEW = "figures.view"
    FIGURES_RELEASE = "figures.release"
    # reports of the place
    REPORT_READ = "report.read"
    REPORT_WRITE = "report.write"
    REPORT_APPROVE = "report.approve"
    DIRECTORY_VIEW = "directory.view"


#: said to people on "who can see what" and in docs/roles.md
WORDS: dict[Action, str] = {
    Action.SIGNED_IN: "sign in, change roles, keep drafts",
    Action.PUPIL_FIND: "find a pupil by name",
    Action.PUPIL_VIEW: "open a pupil's page",
    Action.PUPIL_ADD: "add a pupil",
    Action.PUPIL_EDIT: "change a pupil's details",
    Action.PUPIL_HISTORY: "see a record as it stood on a day",
    Action.FIELD_FILL: "fill in the school's own fields that are open to the role",
    Action.FORMER_NAMES: "see and find earlier names and pupil numbers",
    Action.GUARDED_NAMES: "see earlier names that must not be shown, as after an adoption",
    Action.RECORDS_MEND: "make one record of two of the same pupil, part them, take them back",
    Action.CONTACT_VIEW: "see parents' names and how to reach them",
    Action.CONTACT_EDIT: "change parents' details",
    Action.CONTACT_LOG: "record calls, talks and letters with families",
    Action.CARE_VIEW: "see care status",
    Action.CARE_EDIT: "change care status",
    Action.HEALTH_VIEW: "see health alerts",
    Action.HEALTH_EDIT: "change health alerts",
    Action.CLASS_EDIT: "change classes and who teaches them",
    Action.OUT_OF_DUTY_OPEN: (
        "open a record outside their duty, with a reason that the SENCO is told"
    ),
    Action.CONCERN_RAISE: "record a concern",
    Action.CONCERN_VIEW: "read concerns",
    Action.CONCERN_TRIAGE: "decide what happens after a concern",
    Action.CONCERN_CARRY: "try something after a concern, pass it on, say how it ended",
    Action.OBSERVATION_VIEW: "read observations of pupils",
    Action.OBSERVE: "watch a pupil, write down what they saw, and correct it",
    Action.SAFEGUARDING_VIEW: "read what is marked for the safeguarding lead",
    Action.SAFEGUARDING_NOTE: "mark something for the safeguarding lead",
    Action.REGISTER_VIEW: "see the SEN register",
    Action.STATUS_SET: "change SEN status",
    Action.NEEDS_SET: "change ranked needs",
    Action.EHC_KEEP: "keep the card of an EHC plan: authority, officer, days, what it promises",
    Action.HANDOVER_KEEP: "hand pupils over to a colleague, and hand on what waits for somebody",
    Action.HANDOVER_READ: "read and take over what was handed over to them",
    Action.PROFILE_VIEW: "read what helps and what does not",
    Action.PROFILE_EDIT: "change the one-page profile",
    Action.PLAN_VIEW: "read plans and reviews",
    Action.PLAN_WRITE: "write plans",
    Action.PLAN_PRINT: "print plans",
    Action.REVIEW_WRITE: "review plans",
    Action.RECORD_INVALIDATE: "mark a record as made in error",
    Action.ATTENDANCE_VIEW: "see attendance",
    Action.ASSESSMENT_VIEW: "see results of tests and assessments",
    Action.RECORDS_EDIT: "add and correct attendance and results",
    Action.BEHAVIOUR_VIEW: "read the behaviour log",
    Action.BEHAVIOUR_EDIT: "add and correct entries of the behaviour log",
    Action.DOCUMENT_VIEW: "open documents",
    Action.DOCUMENT_CONFIDENTIAL: "open confidential documents",
    Action.DOCUMENT_FILE: "file documents",
    Action.ASK_SEND: "ask people about a pupil, remind them, read all their answers",
    Action.ASK_CHASE: "see who was asked and is silent, and remind them, without any answer",
    Action.ASK_ANSWER: "answer what they are asked",
    Action.QUESTIONS_EDIT: "change the sets of questions, and when people are reminded",
    Action.LETTER_WRITE: "write letters to families, and see what was sent",
    Action.LETTER_TEMPLATES: "change the school's own letters",
    Action.THREAD_JOIN: "read and write messages about a pupil they work with",
    Action.THREAD_MEND: "correct their own messages, or mark them as made in error",
    Action.SENCO_ASK: "ask the SENCO, about a pupil or in general",
    Action.SENCO_ANSWER: "answer questions to the SENCO, and share general answers",
    Action.PROVISION_VIEW: "see provision and what was delivered",
    Action.PROVISION_ALLOCATE: "give provision",
    Action.SESSION_LOG: "log sessions",
    Action.STAFF_VIEW: "see hours, timetable and caseload of each adult who gives support",
    Action.STAFF_KEEP: "enter contracted hours, and how many of them are for SEND",
    Action.COVER_ARRANGE: "mark an adult as away today, and say who stands in",
    Action.SUPERVISION_READ: "read notes of supervision",
    Action.SUPERVISE: "write notes of supervision, and correct their own",
    Action.ON_SITE_VIEW: "see who gives support and is on site today, and whom to call",
    Action.ON_SITE_SAY: "say on which weekdays they are where, and how colleagues reach them",
    Action.COST_VIEW: "see what a pupil's provision costs, at standard rates",
    Action.COST_KEEP: "say how costs are counted, and what top-up comes in",
    Action.RATES_KEEP: "enter what an hour of each post or person costs, and see costs at it",
    Action.MEETING_VIEW: "see that there is a meeting: when, where, who is invited",
    Action.MEETING_READ: "read what was said and agreed at a meeting",
    Action.MEETING_PLAN: "plan, move and cancel meetings, and invite to them",
    Action.MEETING_RECORD: "hold a meeting, write its record and give it out",
    Action.MEETING_ANSWER: "answer an invitation, settle what one promised, keep a calendar",
    Action.TASK_VIEW: "see what waits",
    Action.TASK_DO: "settle what waits",
    Action.TIME_LOG: "record and correct their own working time",
    Action.TIME_VIEW: "see working time of others, by kind of work and by pupil",
    Action.WHO_SEES: "see who can see what",
    Action.PEOPLE_MANAGE: "add staff and end their roles",
    Action.SIGN_IN_HELP: (
        "see who has a second step to sign in with, and reset a colleague's on request"
    ),
    Action.ROLE_NARROW: "narrow or combine roles",
    Action.GUIDE_EDIT: "change the words of the guides beside the steps",
    Action.LIBRARY_OFFER: "write entries for the libraries of the settings below, and offer them",
    Action.SETTING_EDIT: "change the school's own words",
    Action.FIELD_MAKE: "make the school's own fields, and say who sees and fills them in",
    Action.CALENDAR_EDIT: "enter the school's term dates",
    Action.YEAR_TURN: "turn the school year: who moves up, leaves and teaches what",
    Action.SETTING_ADOPT: "bring settings of their area here, from the register or by name",
    Action.SETTING_GO_ON: (
        "take the school's record on under a new number, where the register names what follows it"
    ),
    Action.PLACE_COPY: "take a copy of the whole record away, as when the place leaves",
    Action.PLACE_BRING: "bring in a place from its file",
    Action.REGISTER_TAKE: "take over the national register, and bring places of every kind here",
    Action.IMPORT_PUPILS: "import lists",
    Action.ACCESS_LOG_VIEW: "see who opened and who changed a record",
    Action.REQUEST_HANDLE: "answer requests about personal data, from a copy of all that is held",
    Action.KEEPING_DECIDE: "decide how long records are kept, and dispose of what is past its date",
    Action.PACK_GATHER: "put packs together for others to send, and see what became of them",
    Action.PACK_SEND: "send a pack to another organisation",
    Action.PACK_OPEN: "open packs sent here",
    Action.PACK_ANSWER: "answer packs sent here, in the organisation’s name",
    Action.FIGURES_VIEW: "see figures without names",
    Action.FIGURES_RELEASE: "release the school's figures of a term to its authority or trust",
    Action.REPORT_READ: "read reports of the place and all their editions",
    Action.REPORT_WRITE: "write reports, send them for approval, publish what is approved",
    Action.REPORT_APPROVE: "approve reports of the place, or send them back with a reason",
    Action.DIRECTORY_VIEW: "see the directory of SENCOs and schools",
}

#: verbs that leave no trace for colleagues: that something was marked is itself a secret
UNSEEN = frozenset({Action.SAFEGUARDING_VIEW, Action.SAFEGUARDING_NOTE})
