"""What concerns led to: referrals and diagnoses of the stories, programmes and signs of today."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from opensenco.concerns.follow_states import OPEN, Stands
from opensenco.concerns.models import Concern, Referral
from opensenco.concerns.operations import advised, deciding, following, noting, raising, referring
from opensenco.concerns.states import ConcernState
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.scene import Scene, school_day_after
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.provision.models import Provision
from opensenco.provision.operations.because import give_programme
from opensenco.provision.operations.giving import Terms
from opensenco.support.operations import records
from opensenco.support.queries import missed

#: what the stories say of a referral, and ours; the first that is found
STANDS = {
    "accepted": Stands.WAITING, "waiting": Stands.WAITING, "chased": Stands.WAITING,
    "seen": Stands.UNDER_WAY, "declined": Stands.DECLINED,
}  # fmt: skip
ASKED_AFTER = timedelta(weeks=8)
MOST_TIMES = 6
AGREED = "The family"


def referred(scene: Scene, event: Row, on: date) -> Iterable[tuple[date, Any]]:
    """Refer, where the family had agreed; without that nothing was sent."""

    def done(scene: Scene, day: date) -> None:
        agreement = event.get("agreement")
        if agreement is None:
            return
        rows = {row["id"]: row for row in scene.world.rows("families", "contact")}
        known = rows.get(agreement["by"])
        who = f"{known['first_name']} {known['last_name']}" if known else AGREED
        agreed = min(day, scene.world.when.base(agreement["at"], scene.born))
        with scene.co_ordinating(day) as actor:
            row = referring.refer(
                actor=actor, pupil=scene.pupil, service=event["to_team"], agreed_by=who,
                agreed_on=agreed, sent_on=day, ask_again=_again(scene, day),
                why=event.get("text") or event["status"],
                proof_words="On the form of the service, which the office keeps",
            )  # fmt: skip
            _news(scene, actor, row, event["status"], day)

    yield on, done


def heard(scene: Scene, event: Row, on: date) -> Iterable[tuple[date, Any]]:
    """Write down what was heard of the last referral."""

    def done(scene: Scene, day: date) -> None:
        row = Referral.objects.filter(pupil=scene.pupil).order_by("-id").first()
        if row is not None:
            with scene.co_ordinating(day) as actor:
                _news(scene, actor, row, event["status"], day)

    yield on, done


def _again(scene: Scene, day: date) -> date:
    """Give the next day to ask, every eight weeks: who hears nothing for long does ask.

    A day to ask again is set a year ahead at most.
    """
    passed = max(scene.world.today - day, timedelta(0)) // ASKED_AFTER
    return day + min(passed + 1, MOST_TIMES) * ASKED_AFTER


def _news(scene: Scene, actor: Any, row: Referral, status: str, day: date) -> None:
    stands = next((one for word, one in STANDS.items() if word in status), None)
    if stands is not None:
        fresh = Referral.objects.select_related("pupil", "pupil__org", "org").get(pk=row.pk)
        referring.note_news(
            actor=actor, referral=fresh, version=None, on=day, stands=stands, words=status,
            ask_again=_again(scene, day) if stands in OPEN else None,
        )  # fmt: skip


def diagnosed(scene: Scene, event: Row, on: date) -> Iterable[tuple[date, Any]]:
    """Keep a diagnosis, by whom it was given and how the school knows."""

    def done(scene: Scene, day: date) -> None:
        giver = scene.world.people.get(event["by"])
        works = scene.world.works(event["by"], scene.at, day)
        by = giver.name if giver and not works else "Given in the report named on that day"
        with scene.co_ordinating(day) as actor:
            noting.record_diagnosis(
                actor=actor, pupil=scene.pupil, what=event["what"], on=day, given_by=by,
                known_from="A report that the family gave to the school",
            )  # fmt: skip

    yield on, done


def make(world: World) -> None:
    """Let concerns end in a programme, in support whose plan is late, in a referral."""
    for row in world.rows("following", "concern"):
        _ends(world, row)
    for row in world.rows("following", "sign"):
        _shows_signs(world, row)


def days(world: World) -> None:
    """Set the school's own numbers of days, before anything is counted by them."""
    for row in world.rows("following", "days"):
        day = world.when.snapped(row["at"], "concern")
        with world.acting(world.senco(row["setting"], day), day, at=row["setting"]) as actor:
            if row["name"] == "first_plan":
                noting.set_own_sign(
                    actor=actor, org=world.places[row["setting"]], which="score", number=85,
                    first=day, because=row["because"],
                )  # fmt: skip
            following.set_own_days(
                actor=actor, org=world.places[row["setting"]], name=row["name"],
                days=row["days"], first=day, because=row["because"],
            )  # fmt: skip


def _shows_signs(world: World, row: Row) -> None:
    """Bring in what the school's other systems know of one child, and set aside where told."""
    at, pupil = world.told[row["pupil"]]["setting"], world.pupils[row["pupil"]]
    with world.acting(world.senco(at, world.today), world.today, at=at) as actor:
        spans = [
            {
                "starts": world.when.base(one["from"]),
                "ends": world.when.base(one["to"]),
                "percent": Decimal(one["percent"]),
            }
            for one in row["attendance"]
        ]
        results = [
            {
                "on": world.when.base(one["at"]),
                "test": one["test"],
                "measure": "standardised",
                "number": Decimal(one["number"]),
            }
            for one in row["results"]
        ]
        entries = [
            {"on": world.when.base(one["at"]), "category": "Disruption", "words": one["words"]}
            for one in row["incidents"]
        ]
        if spans:
            records.record_attendance(actor=actor, pupils=[pupil] * len(spans), spans=spans)
        if results:
            records.record_results(actor=actor, pupils=[pupil] * len(results), results=results)
        if entries:
            records.record_incidents(actor=actor, pupils=[pupil] * len(entries), incidents=entries)
        if "aside" in row:
            part = row["aside"]
            (told,) = missed.in_words(actor, [pupil])
            noting.set_aside(
                actor=actor, pupil=pupil, reason=part["reason"], signs=told.signs,
                until=world.today + timedelta(days=part["for"]),
            )  # fmt: skip


def _ends(world: World, row: Row) -> None:
    at = world.told[row["pupil"]]["setting"]
    raised = world.when.snapped(row["at"], "concern")
    pupil = world.pupils[row["pupil"]]
    with world.acting(row["by"], raised, at=at) as actor:
        concern = raising.raise_concern(
            actor=actor, pupil=pupil, noticed=row["noticed"], tried=row["tried"]
        )
    day = school_day_after(raised, 3)
    with world.acting(world.senco(at, day), day, at=at) as actor:
        deciding.triage_concern(
            actor=actor, concern=concern, version=None, outcome=row["outcome"],
            owner=actor.person, reply=row["reply"],
            until=max(world.today, day) + timedelta(days=row.get("until", 14)),
        )  # fmt: skip
        if row["outcome"] == ConcernState.SHORT_INTERVENTION:
            _programme(actor, concern, row)


def _programme(actor: Any, concern: Concern, row: Row) -> None:
    provision = Provision.objects.filter(org=concern.org_id, ended_on__isnull=True).order_by("id")
    give_programme(
        actor=actor, pupils=[concern.pupil], provision=provision[0], concern=concern,
        measure=row["measure"], entry=row["entry"],
        terms=Terms(
            times_a_week=3, minutes=15, starts=actor.today, ends=concern.until,
            person=actor.person,
        ),
    )  # fmt: skip


def answered(world: World) -> None:
    """Let one service answer, and let what it advised become an action, or not be done."""
    rows = Referral.objects.filter(org=world.school, stands__in=OPEN, in_error_at__isnull=True)
    row = rows.select_related("pupil", "pupil__org", "org").order_by("-id").first()
    if row is None:
        return
    with world.acting(world.senco(SCHOOL, world.today), world.today, at=SCHOOL) as actor:
        referring.note_news(
            actor=actor, referral=row, version=None, on=world.today, stands=Stands.REPORTED,
            words="Their report is on its way by post. They told us on the phone what they advise.",
        )  # fmt: skip
        advised.advice_becomes_action(
            actor=actor, referral=row, words="Show what comes next before each change",
            owner=actor.person, due=world.today + timedelta(days=14),
        )  # fmt: skip
        advised.advice_not_followed(
            actor=actor, referral=row, words="A room of its own for every lesson",
            why="There is no room free. The quiet corner beside the library is tried first.",
        )  # fmt: skip
