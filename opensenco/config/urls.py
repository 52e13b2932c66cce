"""The table of addresses, and what the navigation holds."""

from django.urls import URLPattern, URLResolver, register_converter
from django.utils.translation import gettext_lazy as _

from opensenco.access.actions import Action
from opensenco.cases.queries import count_yours
from opensenco.gate import chrome
from opensenco.gate.addresses import journey
from opensenco.gate.chrome import Item, Tab
from opensenco.kernel.refs import RefConverter
from opensenco.network.queries import count_waiting
from opensenco.reports.queries import count_to_approve
from opensenco.ui.ways import Way, set_ways

register_converter(RefConverter, "ref")

from opensenco.pages.account.urls import signing_in  # noqa: E402 (converters come first)
from opensenco.pages.asking import at_home as asking  # noqa: E402
from opensenco.pages.contacts import show as contacts  # noqa: E402
from opensenco.pages.costing import show as costing  # noqa: E402
from opensenco.pages.ehc import giving as section_f  # noqa: E402
from opensenco.pages.guide import gaps  # noqa: E402
from opensenco.pages.guide import show as guide  # noqa: E402
from opensenco.pages.handover import offers as handovers  # noqa: E402
from opensenco.pages.home import phases, slots  # noqa: E402
from opensenco.pages.letters import show as letters  # noqa: E402
from opensenco.pages.meetings import at_home  # noqa: E402
from opensenco.pages.notices import show as notices  # noqa: E402
from opensenco.pages.packs import gathering  # noqa: E402
from opensenco.pages.packs import show as packs  # noqa: E402
from opensenco.pages.plans import reading  # noqa: E402
from opensenco.pages.provision import show as provision  # noqa: E402
from opensenco.pages.reports import show as reports  # noqa: E402
from opensenco.pages.school import summer  # noqa: E402
from opensenco.pages.settings import following  # noqa: E402
from opensenco.pages.staffing import at_home as staffing  # noqa: E402

JOURNEYS = (
    "home",
    "account",
    "access",
    "asking",
    "census",
    "pupils",
    "concerns",
    "contacts",
    "costing",
    "ehc",
    "fields",
    "followed",
    "figures",
    "guide",
    "handover",
    "health",
    "documents",
    "imports",
    "leaving",
    "meetings",
    "letters",
    "mending",
    "notices",
    "observing",
    "packs",
    "plans",
    "protection",
    "provision",
    "public",
    "records",
    "register",
    "reports",
    "school",
    "settings",
    "sheets",
    "staffing",
    "steps",
    "tablet",
    "time",
    "threads",
)

urlpatterns: list[URLPattern | URLResolver] = [
    *(journey(f"opensenco.pages.{name}.urls") for name in JOURNEYS),
    *signing_in,
]

handler400 = "opensenco.gate.errors.not_understood"
handler403 = "opensenco.gate.errors.forbidden"
handler404 = "opensenco.gate.errors.not_found"
handler500 = "opensenco.gate.errors.failed"

STAFF = ("senco", "teacher", "staff")
EVERYBODY = (*STAFF, "tier")

#: at most eight for any person; a count only where it is this person's turn
NAVIGATION = [
    Item("home", _("Home"), "home:start", Action.TASK_VIEW, EVERYBODY, waits=""),
    Item("register", _("Register"), "register:list", Action.REGISTER_VIEW, STAFF),
    Item("concerns", _("Concerns"), "concerns:list", Action.CONCERN_VIEW, STAFF, waits="concern."),
    Item("asking", _("Asked"), "asking:inbox", Action.ASK_ANSWER, STAFF, waits="ask."),
    Item(
        "provision", _("Provision"), "provision:list", Action.PROVISION_VIEW, ("senco", "teacher")
    ),
    Item("provision", _("Provision"), "provision:list", Action.COST_VIEW, ("staff",)),
    Item("now", _("Now"), "provision:now", Action.SESSION_LOG, ("teacher",)),
    Item(
        "meetings", _("Meetings"), "meetings:mine", Action.MEETING_ANSWER, STAFF, waits="meeting."
    ),
    Item(
        "packs", _("Packs"), "packs:list", Action.PACK_OPEN, ("senco", "tier"), count=count_waiting
    ),
    Item("notes", _("For you only"), "concerns:notes", Action.SAFEGUARDING_VIEW, ("staff",)),
    Item(
        "reports",
        _("Reports"),
        "reports:list",
        Action.REPORT_READ,
        ("staff",),
        count=count_to_approve,
    ),
    Item("school", _("Our place"), "school:who_sees", Action.WHO_SEES, EVERYBODY),
]
chrome.set_navigation(NAVIGATION, count_yours)

#: which page a task, a date or a notice leads to, by the kind of record it is about
WAYS = {
    "access.SencoCover": Way("school:cover_of"),
    "cases.LoggedContact": Way("contacts:show"),
    "concerns.Concern": Way("concerns:show"),
    "concerns.Diagnosis": Way("followed:diagnoses", by_pupil=True),
    "concerns.Observation": Way("observing:show"),
    "concerns.Referral": Way("followed:referral"),
    "concerns.ReferralAdvice": Way("followed:advice"),
    "participation.AskRound": Way("asking:round"),
    "participation.Asked": Way("asking:answer"),
    "concerns.SafeguardingNote": Way("concerns:note"),
    "people.OutOfDutyOpening": Way("pupils:account", by_pupil=True),
    "people.Joining": Way("mending:part"),
    "people.Pupil": Way("pupils:show"),
    "people.GroupPupil": Way("mending:wrong", by_pupil=True),
    "support.Profile": Way("plans:profile", by_pupil=True),
    "support.SenStatus": Way("plans:status", by_pupil=True),
    "support.Cycle": Way("plans:plan"),
    "ehc.EhcPlan": Way("ehc:card", by_pupil=True),
    "support.AccessDecision": Way("access:change"),
    "support.AccessPlanApproval": Way("access:plan_of"),
    "support.Adjustment": Way("plans:beside", by_pupil=True),
    "support.HomeAction": Way("plans:beside", by_pupil=True),
    "support.ConditionNote": Way("plans:beside", by_pupil=True),
    "documents.PupilPhoto": Way("plans:photo", by_pupil=True),
    "handover.HandOver": Way("handover:show"),
    "staffing.ApproachEdition": Way("staffing:approach_edition"),
    "staffing.Shortfall": Way("staffing:shortfall"),
    "staffing.StandIn": Way("staffing:cover_note"),
    "staffing.Supervision": Way("staffing:supervision"),
    "meetings.Meeting": Way("meetings:show"),
    "meetings.MeetingAction": Way("meetings:action"),
    "documents.Document": Way("documents:show"),
    "network.Prepared": Way("packs:prepared"),
    "network.PackEdition": Way("packs:edition"),
    "threads.Message": Way("threads:show", by_pupil=True),
    "threads.ClassNote": Way("sheets:note"),
    "threads.SencoQuestion": Way("threads:question", done="threads:answer"),
    "exchange.FileImport": Way("imports:show"),
    "protection.DataRequest": Way("protection:show"),
    "reports.Report": Way("reports:show"),
    "reports.ReportPaper": Way("reports:paper"),
    "reports.PlanAim": Way("reports:aim"),
    "exchange.PlaceCopy": Way("leaving:show"),
    "provision.Allocation": Way(
        "provision:allocation",
        done="provision:told",
        kinds={
            "provision.quiet": "provision:allocation",
            "provision.exit": "provision:measure",
        },
    ),
    "provision.Work": Way("provision:work"),
}
#: the pages that the frame and the refusals lead to
FRAME = {
    "find": "pupils:find",
    "account": "account:me",
    "hats": "account:hats",
    "news": "notices:list",
    "what_reaches_me": "notices:choice",
    "whats_new": "notices:whats_new",
    "sign_in": "account_login",
    "sign_out": "account_logout",
    "again": "account_reauthenticate",
    "elsewhere": "account:elsewhere",
    "first_time": "account:first_time",
    "not_elsewhere": "account:not_elsewhere",
    "tablet": "tablet:names",
    "tablet_done": "tablet:done",
    "on_tablet": "provision:now",
    "second_step": "account:second_step",
    "out_of_duty": "pupils:out_of_duty",
    "term_dates": "school:calendar",
    "by_link": "asking:link",
    "join": "school:join",
}
set_ways(WAYS, FRAME)

#: the pages about our own place, of whichever journey
PLACE = [
    Tab(_("Who can see what"), "school:who_sees", Action.WHO_SEES),
    Tab(_("Who stands in"), "school:covers", Action.PLAN_WRITE, under="school:who_sees"),
    Tab(_("Our approach to SEN"), "staffing:approach", Action.SENCO_ASK),
    Tab(_("Staff and roles"), "school:staff", Action.PEOPLE_MANAGE),
    Tab(_("Contracted hours"), "staffing:hours", Action.STAFF_KEEP, under="school:staff"),
    Tab(_("Second step"), "school:second_steps", Action.SIGN_IN_HELP, under="school:staff"),
    Tab(_("Our own roles"), "school:own_roles", Action.ROLE_NARROW, under="school:staff"),
    Tab(_("Signing in"), "school:signing_in", Action.PEOPLE_MANAGE, under="school:staff"),
    Tab(_("Shared tablets"), "school:tablets", Action.PEOPLE_MANAGE, under="school:staff"),
    Tab(_("Email that came back"), "notices:mail", Action.PEOPLE_MANAGE, under="school:staff"),
    Tab(_("Classes and groups"), "school:classes", Action.CLASS_EDIT),
    Tab(_("Strategies"), "plans:bank", Action.PLAN_WRITE),
    Tab(_("Names of plans"), "plans:naming", Action.SETTING_EDIT, under="plans:bank"),
    Tab(_("Reports"), "reports:list", Action.REPORT_READ),
    Tab(_("Aims"), "reports:aims", Action.REPORT_READ, under="reports:list"),
    Tab(_("Adjustments and access"), "access:list", Action.REPORT_READ),
    Tab(_("Adjustments in plans"), "access:in_plans", Action.PLAN_WRITE, under="access:list"),
    Tab(_("Accessibility plan"), "access:plan", Action.REPORT_READ, under="access:list"),
    Tab(_("School year"), "school:year", Action.YEAR_TURN),
    Tab(_("Term dates"), "school:calendar", Action.CALENDAR_EDIT, under="school:year"),
    Tab(_("Schools and settings"), "settings:list", Action.SETTING_ADOPT),
    Tab(_("Who is who"), "mending:start", Action.RECORDS_MEND),
    Tab(_("Data protection"), "protection:requests", Action.REQUEST_HANDLE),
    Tab(
        _("How long we keep"),
        "protection:keeping",
        Action.KEEPING_DECIDE,
        under="protection:requests",
    ),
    Tab(_("Import lists"), "imports:start", Action.IMPORT_PUPILS),
    Tab(_("A copy of all"), "leaving:start", Action.PLACE_COPY, under="imports:start"),
    Tab(_("Our own words"), "school:own_words", Action.SETTING_EDIT),
    Tab(_("Our own fields"), "fields:list", Action.FIELD_MAKE, under="school:own_words"),
    Tab(_("Our own days"), "followed:own_days", Action.SETTING_EDIT, under="school:own_words"),
    Tab(_("Our own signs"), "followed:own_signs", Action.SETTING_EDIT, under="school:own_words"),
    Tab(_("How costs are counted"), "costing:how", Action.COST_KEEP, under="school:own_words"),
    Tab(_("What an hour costs"), "costing:rates", Action.RATES_KEEP, under="school:own_words"),
    Tab(_("Guides"), "steps:list", Action.GUIDE_EDIT, under="school:own_words"),
    Tab(_("Library for your settings"), "provision:offers", Action.LIBRARY_OFFER),
    Tab(_("Well-being"), "figures:wellbeing", Action.REPORT_READ, under="reports:list"),
    Tab(_("Released figures"), "figures:list", Action.FIGURES_VIEW, under="reports:list"),
    Tab(_("Set up"), "guide:start", Action.IMPORT_PUPILS),
    Tab(_("Set up"), "guide:above", Action.SETTING_ADOPT),
]
chrome.set_place_tabs(PLACE)

#: what other journeys put on the home pages
for slot in ("teacher.top", "assistant.top"):
    slots.fill(
        slot,
        slots.Part("staffing/stands_in_part.html", staffing.stands_in),
        slots.Part("plans/unread_part.html", reading.at_home),
    )
slots.fill("assistant.now", slots.Part("provision/now_part.html", provision.now))
slots.fill(
    "senco.main",
    slots.Part("guide/gaps_part.html", gaps.missing),
    slots.Part("home/phases_part.html", phases.side_by_side),
)
for slot in ("senco.top", "staff.top"):
    slots.fill(
        slot,
        slots.Part("settings/home_part.html", following.offer),
        slots.Part("guide/home_part.html", guide.offer),
        slots.Part("school/summer_part.html", summer.reminder),
        slots.Part("handover/home_part.html", handovers.at_home),
        slots.Part("reports/home_part.html", reports.for_home),
    )
slots.fill(
    "staff.main",
    slots.Part("costing/home_part.html", costing.at_home),
    slots.Part("meetings/home_part.html", at_home.chased),
    slots.Part("asking/home_part.html", asking.chased),
    slots.Part("packs/chase_part.html", gathering.at_home),
)
who_is_here = slots.Part("staffing/here_part.html", staffing.who_is_here)
away_today = slots.Part("staffing/away_part.html", staffing.away)
written_here = slots.Part("contacts/home_part.html", contacts.written_here)
for slot in ("senco.side", "staff.side"):
    slots.fill(
        slot,
        who_is_here,
        away_today,
        slots.Part("reports/home_side.html", reports.beside_home),
        slots.Part("packs/home_part.html", packs.waiting),
        slots.Part("letters/home_part.html", letters.begun),
        slots.Part("notices/home_part.html", notices.addresses_back),
        slots.Part("provision/quiet_part.html", provision.quiet),
        slots.Part("ehc/home_part.html", section_f.at_home),
        written_here,
    )
for slot in ("teacher.side", "assistant.foot"):
    slots.fill(slot, who_is_here, written_here)
