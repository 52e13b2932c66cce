"""The kinds of event that the product can hold today, each with the operation that makes it.

A kind that is not in KNOWN is in the stories for later work; a test lists them.
"""

from collections.abc import Callable, Iterable
from datetime import date

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.registry import may
from opensenco.cases.contact_log import Said
from opensenco.cases.operations import contact_log
from opensenco.cases.states import Direction, How
from opensenco.concerns.operations import carrying, deciding, raising
from opensenco.concerns.states import ConcernState
from opensenco.law.codes.sen import NEED_TYPES
from opensenco.ops.demo import following, watching
from opensenco.ops.demo.files import Row
from opensenco.ops.demo.scene import Scene, school_day_after
from opensenco.people.models import Contact
from opensenco.support.operations import needs, profile, status
from opensenco.support.operations.status import Telling
from opensenco.support.states import Ground, Status, Told

Do = Callable[[Scene, date], None]
Happens = Callable[[Scene, Row, date], Iterable[tuple[date, Do]]]
#: what the stories call a way of telling, and ours; the first that is found
HOW = {
    "letter": Told.LETTER,
    "meeting": Told.MEETING,
    "call": Told.PHONE,
    "phone": Told.PHONE,
    "email": Told.EMAIL,
    "message": Told.MESSAGE,
}
#: the same of being in touch, and how long it takes
WAYS = {
    "evening": How.MEETING,
    "voice note": How.TEXT,
    "message": How.TEXT,
    "door": How.GATE,
    "gate": How.GATE,
    "visit": How.VISIT,
    "video": How.VIDEO,
    "letter": How.LETTER,
    "email": How.MAIL,
    "call": How.PHONE,
    "phone": How.PHONE,
}
MINUTES = 10
DAYS_TO_DECIDE = 4
PLAN = "The authority issued an EHC plan."
CAME_WITH = "Came to us with SEN support."
#: since when a status holds that no story tells of
SINCE = -600
FEELINGS = {"SEMH", "ASD"}


def begin(scene: Scene, story: Row) -> None:
    """Set the status with which a child came, where the story does not say how it began here."""
    changes = [event for event in story["event"] if event["kind"] == "status.changed"]
    row = scene.world.told[scene.child]
    if not changes and row["sen"] != Status.NO_SEN:
        since = scene.world.when.base(row.get("plan_since", SINCE))
        reason = PLAN if row["sen"] == Status.EHC_PLAN else CAME_WITH
        came_with(scene, row["sen"], since, reason)
        rank(scene, max(since, scene.entered), [need["code"] for need in row["needs"]])
    for event in changes:
        since = scene.world.when.snapped(event["at"], event["kind"], scene.born)
        if since < scene.entered:
            came_with(scene, event["to"], since, event["reason"], told="letter")
            rank(scene, scene.entered, event["needs"])


def came_with(scene: Scene, code: str, since: date, reason: str, told: str = "") -> None:
    """Write down a status that began elsewhere or before the record did."""
    with scene.co_ordinating(max(since, scene.entered)) as actor:
        scene.status = status.set_status(
            actor=actor,
            pupil=scene.pupil,
            code=code,
            starts=since,
            reason=reason,
            grounds=[Ground.ALREADY],
            told=Telling(since, told) if told else None,
        )


def rank(scene: Scene, day: date, codes: list[str]) -> None:
    """Rank needs, the greatest first; a code that came into use later, from that day."""
    began = {code: NEED_TYPES.check(code, scene.world.today).first or day for code in codes}
    for on in sorted({max(day, first) for first in began.values()}):
        with scene.co_ordinating(on) as actor:
            known = [code for code in codes if began[code] <= on]
            needs.rank_needs(actor=actor, pupil=scene.pupil, codes=known)


def _raise(scene: Scene, event: Row, on: date) -> Iterable[tuple[date, Do]]:
    def raised(scene: Scene, day: date) -> None:
        # what a parent says is written down by whoever co-ordinates, in the parent's words
        by = _family(scene).get(event["by"])
        said = f"{by['first_name']} {by['last_name']}, {by['relation']}" if by else ""
        with scene.acting(event["by"], day) as actor:
            scene.concern = raising.raise_concern(
                actor=actor, pupil=scene.pupil, noticed=event["text"], said=said
            )

    def decided(scene: Scene, day: date) -> None:
        if scene.concern is None:
            return
        with scene.co_ordinating(day) as actor:
            deciding.triage_concern(
                actor=actor,
                concern=scene.concern,
                version=None,
                outcome=ConcernState.SEN_SUPPORT,
                owner=actor.person,
                reply=event["reply"],
            )

    yield on, raised
    yield school_day_after(on, DAYS_TO_DECIDE), decided


def _set_status(scene: Scene, event: Row, on: date) -> Iterable[tuple[date, Do]]:
    def done(scene: Scene, day: date) -> None:
        code = event["to"]
        wider = Ground.WIDER if FEELINGS & set(event["needs"]) else Ground.PROGRESS
        with scene.acting(event["by"], day) as actor:
            scene.status = status.set_status(
                actor=actor,
                pupil=scene.pupil,
                code=code,
                starts=day,
                reason=event["reason"],
                grounds=[wider] if code == Status.SEN_SUPPORT else [],
            )
        if code != Status.NO_SEN:
            rank(scene, day, event["needs"])
        _settle_concern(scene, day)

    yield on, done


def _settle_concern(scene: Scene, day: date) -> None:
    if scene.concern is None or scene.concern.state != ConcernState.SEN_SUPPORT:
        return
    with scene.co_ordinating(day) as actor:
        carrying.settle_concern(
            actor=actor, concern=scene.concern, version=None, result="SEN support has begun."
        )


def _tell_parents(scene: Scene, event: Row, on: date) -> Iterable[tuple[date, Do]]:
    def done(scene: Scene, day: date) -> None:
        # a second parent told on the same day stands in the story, not yet in the record
        if scene.status is None or scene.status.told_on is not None:
            return
        with scene.co_ordinating(day) as actor:
            status.tell_parents(
                actor=actor,
                status=scene.status,
                told=Telling(day, how_told(event["method"]), event.get("text") or event["method"]),
            )

    yield on, done


def how_told(method: str) -> str:
    """Read a way of telling ("letter in Urdu, with audio")."""
    found = [(method.index(word), how) for word, how in HOW.items() if word in method]
    return min(found)[1].value if found else Told.MEETING.value


def _rank_needs(scene: Scene, event: Row, on: date) -> Iterable[tuple[date, Do]]:
    yield on, lambda where, day: rank(where, day, event["needs"])


def write_profile(scene: Scene, day: date, words: Row) -> None:
    """Let the class teacher write the profile, the child's voice first.

    Whoever co-ordinates does it where the teacher's role does not reach the child on that day.
    """
    with scene.acting(scene.teacher(day), day) as actor:
        if may(actor, Action.PROFILE_EDIT, scene.pupil):
            _write_profile(actor, scene, day, words)
            return
    with scene.co_ordinating(day) as actor:
        _write_profile(actor, scene, day, words)


def _write_profile(actor: Actor, scene: Scene, day: date, words: Row) -> None:
    profile.write_profile(
        actor=actor,
        pupil=scene.pupil,
        own_words=words["voice"],
        said_with=words.get("said_with", ""),
        good_at="\n".join(words["great_at"]),
        matters="\n".join(words["matters"]),
        helps="\n".join(words["helps"]),
        hinders="\n".join(words["does_not_help"]),
        said_on=day,
        strategies=words["helps"][:3],
    )


def _in_touch(scene: Scene, event: Row, on: date) -> Iterable[tuple[date, Do]]:
    def done(scene: Scene, day: date) -> None:
        family = _family(scene)
        theirs = event["by"] in family
        who, writer = event["by"], event["with"]
        if not theirs:
            who, writer = writer, who
        known = family.get(who)
        name = f"{known['first_name']} {known['last_name']}" if known else ""
        contact = Contact.objects.filter(pupil=scene.pupil, name=name).first()
        if contact is None:
            # somebody who is no contact of the child, such as a service: for later work
            return
        # whoever does not teach the child on that day tells the SENCO, who writes it down
        own = writer == scene.teacher(day)
        who = writer if own else scene.world.senco(scene.at, day)
        with scene.acting(who, day) as actor:
            contact_log.log_contact(
                actor=actor,
                pupil=scene.pupil,
                knowing=bool(contact.restriction),
                said=Said(
                    contact=contact,
                    how=how_in_touch(event["channel"]),
                    direction=Direction.IN if theirs else Direction.OUT,
                    words=event["text"],
                    on=day,
                    minutes=event.get("minutes", MINUTES),
                ),
            )

    yield on, done


def _family(scene: Scene) -> dict[str, Row]:
    return {row["id"]: row for row in scene.world.rows("families", "contact")}


def _plan_issued(scene: Scene, event: Row, on: date) -> Iterable[tuple[date, Do]]:
    def done(scene: Scene, day: date) -> None:
        with scene.co_ordinating(day) as actor:
            scene.status = status.set_status(
                actor=actor,
                pupil=scene.pupil,
                code=Status.EHC_PLAN,
                starts=day,
                reason=PLAN,
            )

    if scene.world.told[scene.child]["sen"] == Status.EHC_PLAN:
        yield on, done


def how_in_touch(channel: str) -> How:
    """Read a way of being in touch ("8.45 at the door")."""
    return next((how for word, how in WAYS.items() if word in channel), How.OTHER)


KNOWN: dict[str, Happens] = {
    "concern.raised": _raise,
    "contact.logged": _in_touch,
    "status.changed": _set_status,
    "parents.told": _tell_parents,
    "needs.changed": _rank_needs,
    "ehc.finalised": _plan_issued,
    "observation.made": watching.happens,
    "referral.made": following.referred,
    "referral.updated": following.heard,
    "diagnosis.recorded": following.diagnosed,
}
