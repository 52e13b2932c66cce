"""What is new in OpenSENCO, in the words of those who use it; the newest first.

Whoever changes something that people see adds an entry on top, with the next number. Numbers are
never used again: each person's mark says up to which one they have read.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class News:
    """One thing that is new.

    Args:
        address: the name of the page where it is, empty where there is none of its own.
    """

    number: int
    on: date
    title: str | Promise
    says: str | Promise
    address: str = ""


NEWS: tuple[News, ...] = (
    News(
        19, date(2026, 11, 23), _("Papers past their date go before the record, if you say so"),
        _("Whoever decides how long records are kept opens single papers that are past their date, "
          "gives a reason and can call it off for seven days. The record says that they were "
          "there."),
    ),
    News(
        18, date(2026, 11, 23), _("Adjustments for everybody, and your accessibility plan"),
        _("One register of what was changed, for whom, who decided and why, with refusals and "
          "their reasons. Governors approve the plan, and its review has its day."),
        "access:list",
    ),
    News(
        17, date(2026, 11, 23), _("Your notes of a class, and what a visit leads to"),
        _("Keep short notes beside how to teach each pupil, and pass them on when they matter. A "
          "visit to a lesson leads to advice, and to a look at what changed."),
        "threads:with_me",
    ),
    News(
        16, date(2026, 11, 23), _("A guide of a minute beside each step"),
        _("Pages of the work say in a few lines what to do, with the rule under it, in the words "
          "of your kind of place. Your place and your authority can word them anew."),
        "steps:list",
    ),
    News(
        15, date(2026, 11, 23), _("What provision costs, and whether it helps"),
        _("Costs are worked out from what is planned and from what took place. A pupil’s progress "
          "is set beside what is usual for a test, with how exact the test is."),
        "costing:over",
    ),
    News(
        14, date(2026, 11, 23), _("Provision has its times, and today has its adults"),
        _("Give support its days, hours, rooms and adults, and see the week and what clashes. When "
          "somebody is away, see who loses what, and choose who stands in."),
        "staffing:today",
    ),
    News(
        13, date(2026, 11, 23), _("Signing in takes two things, and ends when you leave"),
        _("Whoever can see other people’s children adds a passkey or a code to the password. A "
          "sign-in that nobody uses for an hour ends by itself, and what you were writing is kept. "
          "Sign-in and security shows where you are signed in."),
        "account:security",
    ),
    News(
        12, date(2026, 11, 23), _("Your place can take everything with it"),
        _("A head can ask for one file with the whole record of your place: every pupil, paper "
          "and list, to keep or to bring in elsewhere."),
    ),
    News(
        11, date(2026, 11, 23), _("Requests for a child’s data, and how long records are kept"),
        _("A subject access request is recorded with its date, gathered from the whole record, "
          "read by a person piece by piece and given as one file. Records that are old enough are "
          "listed before anybody removes them."),
    ),
    News(
        10, date(2026, 11, 23), _("Backups are tried before they are needed"),
        _("Whoever runs the server can keep sealed backups each night, and bring one back. Until "
          "an upgrade is over, a page says so and keeps your words."),
    ),
    News(
        9, date(2026, 11, 23), _("Packs on paper, and a record as it stood on a day"),
        _("Put chosen parts of a record together for a reader, as PDF or Word, as they are now or "
          "as they stood on a day that you choose. The first page says of which day it is."),
        "packs:list",
    ),
    News(
        8, date(2026, 11, 22), _("Pages say what to do when something fails"),
        _("When the record cannot be reached, the page says so, keeps your words, and gives you a "
          "mark by which the fault is found. Help answers by what you do here."),
        "public:help",
    ),
    News(
        7, date(2026, 11, 21), _("Figures of a term go to those above, and no child with them"),
        _("A school looks at its figures as they would leave, then releases them once a term. "
          "Numbers of one to four are hidden and all others rounded."),
        "figures:list",
    ),
    News(
        6, date(2026, 11, 19), _("Reports write their own figures"),
        _("The report to governors and the SEN information report hold what the record says today; "
          "you add the words, another approves, and the edition stays as it was."),
        "reports:list",
    ),
    News(
        5, date(2026, 11, 17), _("You see what changed since you looked"),
        _("A pupil’s page tells what others wrote since you last opened it, and your home page "
          "tells of whom there is something new."),
        "home:start",
    ),
    News(
        4, date(2026, 11, 14), _("Meetings, with what was agreed and who has it"),
        _("Plan, invite, move, hold and record a meeting, and see to whom the record was given. "
          "Your own calendar can show them."),
        "meetings:mine",
    ),
    News(
        3, date(2026, 11, 12), _("People are asked in two clicks"),
        _("Ask everybody who works with a pupil, read their answers side by side, and see who has "
          "been silent for how long. Those without an account answer by a link."),
        "asking:inbox",
    ),
    News(
        2, date(2026, 11, 9), _("The school year turns in one go"),
        _("Classes, leavers, joiners and groups are prepared and looked at, take effect by their "
          "day, and can be taken back."),
        "school:year",
    ),
    News(
        1, date(2026, 11, 5), _("Lists come in as you have them"),
        _("Pupils, staff, classes, parents, attendance and provision maps from CSV or Excel, shown "
          "beside the record before anything is done."),
        "imports:start",
    ),
)  # fmt: skip
NEWEST = max(one.number for one in NEWS)
