"""The table of addresses, and what the navigation holds."""

from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.utils.translation import gettext_lazy as _

from opensenco.access.actions import Action
from opensenco.cases.queries import count_yours
from opensenco.gate import chrome
from opensenco.gate.chrome import Item, Tab
from opensenco.kernel.refs import RefConverter
from opensenco.network.queries import count_waiting
from opensenco.ui.ways import Way, set_ways

register_converter(RefConverter, "ref")

from opensenco.pages.account.urls import signing_in  # noqa: E402 (converters come first)
from opensenco.pages.contacts import show as contacts  # noqa: E402
from opensenco.pages.guide import gaps  # noqa: E402
from opensenco.pages.guide import show as guide  # noqa: E402
from opensenco.pages.home import slots  # noqa: E402
from opensenco.pages.notices import show as notices  # noqa: E402
from opensenco.pages.packs import show as packs  # noqa: E402
from opensenco.pages.provision import show as provision  # noqa: E402
from opensenco.pages.school import summer  # noqa: E402

JOURNEYS = (
    "home",
    "account",
    "asking",
    "census",
    "pupils",
    "concerns",
    "contacts",
    "guide",
    "documents",
    "imports",
    "meetings",
    "letters",
    "mending",
    "notices",
    "packs",
    "plans",
    "provision",
    "public",
    "records",
    "register",
    "school",
    "settings",
    "time",
    "threads",
)

urlpatterns: list[URLPattern | URLResolver] = [
    *(path("", include(f"opensenco.pages.{journey}.urls")) for journey in JOURNEYS),
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
    Item("now", _("Now"), "provision:now", Action.SESSION_LOG, ("teacher",)),
    Item(
        "meetings", _("Meetings"), "meetings:mine", Action.MEETING_ANSWER, STAFF, waits="meeting."
    ),
    Item(
        "packs", _("Packs"), "packs:list", Action.PACK_OPEN, ("senco", "tier"), count=count_waiting
    ),
    Item("notes", _("For you only"), "concerns:notes", Action.SAFEGUARDING_VIEW, ("staff",)),
    Item("school", _("Our place"), "school:who_sees", Action.WHO_SEES, EVERYBODY),
]
chrome.set_navigation(NAVIGATION, count_yours)

#: which page a task, a date or a notice leads to, by the kind of record it is about
WAYS = {
    "cases.LoggedContact": Way("contacts:show"),
    "concerns.Concern": Way("concerns:show"),
    "participation.AskRound": Way("asking:round"),
    "participation.Asked": Way("asking:answer"),
    "concerns.SafeguardingNote": Way("concerns:note"),
    "people.OutOfDutyOpening": Way("pupils:account", by_pupil=True),
    "people.Joining": Way("mending:part"),
    "people.Pupil": Way("pupils:show"),
    "people.GroupPupil": Way("mending:wrong", by_pupil=True),
    "support.SenStatus": Way("plans:status", by_pupil=True),
    "support.Cycle": Way("plans:plan"),
    "meetings.Meeting": Way("meetings:show"),
    "meetings.MeetingAction": Way("meetings:action"),
    "documents.Document": Way("documents:show"),
    "network.Prepared": Way("packs:prepared"),
    "threads.Message": Way("threads:show", by_pupil=True),
    "threads.SencoQuestion": Way("threads:question", done="threads:answer"),
    "exchange.FileImport": Way("imports:show"),
    "provision.Allocation": Way("provision:allocation", done="provision:told"),
}
#: the pages that the frame and the refusals lead to
FRAME = {
    "find": "pupils:find",
    "account": "account:me",
    "hats": "account:hats",
    "news": "notices:list",
    "what_reaches_me": "notices:choice",
    "sign_in": "account_login",
    "sign_out": "account_logout",
    "out_of_duty": "pupils:out_of_duty",
    "term_dates": "school:calendar",
}
set_ways(WAYS, FRAME)

#: the pages about our own place, of whichever journey
PLACE = [
    Tab(_("Who can see what"), "school:who_sees", Action.WHO_SEES),
    Tab(_("Staff and roles"), "school:staff", Action.PEOPLE_MANAGE),
    Tab(_("Our own roles"), "school:own_roles", Action.ROLE_NARROW, under="school:staff"),
    Tab(_("Email that came back"), "notices:mail", Action.PEOPLE_MANAGE, under="school:staff"),
    Tab(_("Classes and groups"), "school:classes", Action.CLASS_EDIT),
    Tab(_("School year"), "school:year", Action.YEAR_TURN),
    Tab(_("Term dates"), "school:calendar", Action.CALENDAR_EDIT, under="school:year"),
    Tab(_("Schools and settings"), "settings:list", Action.SETTING_ADOPT),
    Tab(_("Who is who"), "mending:start", Action.RECORDS_MEND),
    Tab(_("Import lists"), "imports:start", Action.IMPORT_PUPILS),
    Tab(_("Our own words"), "school:own_words", Action.SETTING_EDIT),
    Tab(_("Set up"), "guide:start", Action.IMPORT_PUPILS),
    Tab(_("Set up"), "guide:above", Action.SETTING_ADOPT),
]
chrome.set_place_tabs(PLACE)

#: what other journeys put on the home pages
slots.fill("assistant.now", slots.Part("provision/now_part.html", provision.now))
slots.fill("senco.main", slots.Part("guide/gaps_part.html", gaps.missing))
for slot in ("senco.top", "staff.top"):
    slots.fill(
        slot,
        slots.Part("guide/home_part.html", guide.offer),
        slots.Part("school/summer_part.html", summer.reminder),
    )
written_here = slots.Part("contacts/home_part.html", contacts.written_here)
for slot in ("senco.side", "staff.side"):
    slots.fill(
        slot,
        slots.Part("packs/home_part.html", packs.waiting),
        slots.Part("notices/home_part.html", notices.addresses_back),
        written_here,
    )
for slot in ("teacher.side", "assistant.foot"):
    slots.fill(slot, written_here)
