"""What else happens in a working county: letters, papers, lists, leavers, releases."""

from collections.abc import Callable
from datetime import date, timedelta

from opensenco.cases.contact_log import Said
from opensenco.cases.joining.questions import FIRST, questions
from opensenco.cases.operations.contact_log import log_contact
from opensenco.cases.operations.one_child import join_records
from opensenco.cases.operations.time_log import record_time
from opensenco.documents.keeping import Incoming
from opensenco.documents.operations.filing import Paper, file_documents
from opensenco.law.calendar.years import AcademicYear
from opensenco.letters import queries as wordings
from opensenco.letters.operations import mailings
from opensenco.letters.operations.sending import send_mailing
from opensenco.letters.starter import starters
from opensenco.network import figures
from opensenco.network.operations.releasing import release_figures
from opensenco.ops.demo import county_lists
from opensenco.ops.demo.files import Row, rows
from opensenco.ops.demo.scene import school_day_after, school_day_before
from opensenco.ops.demo.world import World
from opensenco.people.operations import enrolment, identity, joining, pupils, turning
from opensenco.people.states import Registration
from opensenco.provision.operations.leaving import leave

FILE = "county/states"


def make(world: World) -> None:
    """Do it all, kind by kind."""
    if not world.whole:
        return
    for kind, do in KINDS.items():
        for row in rows(FILE, kind):
            do(world, row)


def _day(world: World, row: Row) -> date:
    return school_day_before(world.today, row["ago"])


def _at(world: World, row: Row) -> str:
    setting: str = row["setting"] if "setting" in row else world.told[row["pupil"]]["setting"]
    return setting


def _letter(world: World, row: Row) -> None:
    day, at = _day(world, row), row["setting"]
    with world.acting(world.senco(at, day), day, at=at) as actor:
        letters = mailings.begin_mailing(
            actor=actor,
            pupils=[world.pupils[one] for one in row["pupils"]],
            wording=wordings.of_starter(starters()[row["starter"]]),
        )
        if row["state"] == "dropped":
            mailings.drop_mailing(actor=actor, mailing=letters, version=None)
        if row["state"] == "sent":
            letters = mailings.fill_in(
                actor=actor, mailing=letters, form="standard", given=row["given"], version=None
            )
            send_mailing(actor=actor, mailing=letters, how=row["how"], on=day, version=None)


def _paper(world: World, row: Row) -> None:
    day = _day(world, row)
    with world.acting(row["by"], day, at=_at(world, row)) as actor:
        paper = Paper(
            Incoming(row["name"], [row["words"].encode()]), title=row["title"], kind=row["kind"],
            dated=day, author_role=row["author"], level=row.get("level", "ordinary"),
        )  # fmt: skip
        file_documents(actor=actor, pupil=world.pupils[row["pupil"]], papers=[paper])


def _invitation(world: World, row: Row) -> None:
    day = _day(world, row)
    with world.acting(row["by"], day, at=row["setting"]) as actor:
        joining.add_colleague(
            actor=actor, org=world.places[row["setting"]], first_name=row["first_name"],
            last_name=row["last_name"], email=row["email"], role=row["role"], starts=day,
        )  # fmt: skip


def _time(world: World, row: Row) -> None:
    for number, (work, minutes) in enumerate(row["spent"], 1):
        day = school_day_before(world.today, 2 * number)
        with world.acting(row["by"], day, at=row["setting"]) as actor:
            record_time(
                actor=actor, org=world.places[row["setting"]], work=work, minutes=minutes, on=day,
                words="",
            )  # fmt: skip


def _call(world: World, row: Row) -> None:
    day = _day(world, row)
    follow = school_day_after(day, row["follow"]) if "follow" in row else None
    with world.acting(row["by"], day, at=_at(world, row)) as actor:
        log_contact(
            actor=actor,
            pupil=world.pupils[row["pupil"]],
            said=Said(
                contact=world.contacts[row["contact"]], how=row["how"], on=day,
                direction=row["direction"], words=row["words"], minutes=15, follow_up_by=follow,
            ),
        )  # fmt: skip


def _leaver(world: World, row: Row) -> None:
    day, at = _day(world, row), _at(world, row)
    with world.acting(world.senco(at, day), day, at=at) as actor:
        leave(actor=actor, pupil=world.pupils[row["pupil"]], version=None, on=day, to=row["to"])


def _dual(world: World, row: Row) -> None:
    day, at = _day(world, row), _at(world, row)
    with world.acting(world.senco(at, day), day, at=at) as actor:
        enrolment.register_dually(
            actor=actor, pupil=world.pupils[row["pupil"]], registration=Registration.MAIN,
            other_name=row["other"], other_urn=row["urn"], starts=day,
        )  # fmt: skip


def _name(world: World, row: Row) -> None:
    day, at = _day(world, row), _at(world, row)
    pupil = world.pupils[row["pupil"]]
    with world.acting(world.senco(at, day), day, at=at) as actor:
        identity.change_name(
            actor=actor, pupil=pupil, version=None, first_name=pupil.first_name,
            last_name=row["last_name"], why=row["why"],
        )  # fmt: skip


def _double(world: World, row: Row) -> None:
    """Enter a child a second time by mistake, and make one record of the two."""
    day, at, pupil = _day(world, row), _at(world, row), world.pupils[row["pupil"]]
    with world.acting(world.senco(at, day), day, at=at) as actor:
        again = pupils.add_pupil(
            actor=actor, org=world.places[at], first_name=row["first_name"],
            last_name=pupil.last_name, birth_date=pupil.birth_date, year_group=pupil.year_group,
        )  # fmt: skip
        choices = {one.code: FIRST for one in questions(actor, pupil, again)}
        join_records(actor=actor, pupils=[pupil, again], choices=choices, reason=row["why"])


def _turn(world: World, row: Row) -> None:
    """Begin to prepare the next school year."""
    day, at = _day(world, row), row["setting"]
    following = AcademicYear(AcademicYear.of(world.today).starts + 1)
    with world.acting(world.senco(at, day), day, at=at) as actor:
        turning.prepare_turn(
            actor=actor, org=world.places[at], year=following, first_day=following.first,
            leave_on=following.first - timedelta(days=1), highest=row["highest"],
        )  # fmt: skip


def _release(world: World, row: Row) -> None:
    """Release the figures of this term, as they stand today."""
    org, to = world.places[row["setting"]], world.places[row["to"]]
    day = world.today
    with world.acting(world.senco(row["setting"], day), day, at=row["setting"]) as actor:
        if to in figures.audiences(actor, org):
            seen = figures.seen(figures.figures_of(actor, org))
            release_figures(actor=actor, org=org, to=to, seen=seen)


KINDS: dict[str, Callable[[World, Row], None]] = {
    "letter": _letter,
    "paper": _paper,
    "invitation": _invitation,
    "time": _time,
    "call": _call,
    "leaver": _leaver,
    "dual": _dual,
    "name": _name,
    "double": _double,
    "turn": _turn,
    "list": county_lists.bring,
    "release": _release,
}
