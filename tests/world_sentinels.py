"""Rows of every kind in both schools, so that each wall has something to hide on both sides.

Outside Academy's say "Markerword" wherever there are words: they must be seen nowhere in Larkrise.
Larkrise's are of long ago, about Poppy and by Ellen, whose role has ended: nothing waits because of
them and nobody's desk shows them.
"""

import hashlib
import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.cover_models import SencoCover
from opensenco.access.grants import TEACHER_GRANTS
from opensenco.access.models import Membership, Organisation, Person
from opensenco.access.signing_in import SecondStepReset
from opensenco.audit.acting import as_actor
from opensenco.audit.models import Opening
from opensenco.cases import spine
from opensenco.cases.contact_log import Said
from opensenco.cases.models import StatementSource
from opensenco.cases.operations import tablets
from opensenco.cases.operations.contact_log import log_contact
from opensenco.cases.operations.everyday import enter_term_dates, open_out_of_duty
from opensenco.cases.operations.seen import say_seen
from opensenco.cases.operations.time_log import record_time
from opensenco.cases.term_dates import Entry
from opensenco.concerns.models import SafeguardingNote, SafeguardingRead
from opensenco.concerns.operations.raising import raise_concern
from opensenco.concerns.operations.safeguarding import note_for_safeguarding
from opensenco.documents.keeping import Incoming
from opensenco.documents.operations.filing import Paper, file_documents
from opensenco.documents.operations.holding import place_hold
from opensenco.documents.operations.photos import put_photo
from opensenco.documents.states import Level, PhotoFor, Yes
from opensenco.exchange.models import ImportRow, Mapping, PlaceCopy, ReadPack, Trace
from opensenco.exchange.operations import guiding
from opensenco.exchange.operations.imports import abandon_import, stage_file
from opensenco.exchange.operations.leaving import THERE_FOR, file_of
from opensenco.exchange.states import CopyState, Deed, ImportKind, Step
from opensenco.gate.models import Draft, Submission
from opensenco.law.calendar.school import DayKind
from opensenco.law.calendar.years import AcademicYear
from opensenco.notices import outbox
from opensenco.notices.models import BadAddress, Notice
from opensenco.notices.operations import choose_mail, read_notices, read_whats_new
from opensenco.notices.states import CameBack, How
from opensenco.people.models import (
    Different,
    FormerIdentity,
    Group,
    Joining,
    Pupil,
    RollSpell,
    TurnDeed,
)
from opensenco.people.operations import (
    enrolment,
    groups,
    joining,
    pupils,
    taking_back,
    turning,
)
from opensenco.people.states import CareKind, Registration, StaffPart, Wrote
from opensenco.provision.operations import giving, library, sessions
from opensenco.provision.operations.work import SaidYes, keep_work
from opensenco.provision.states import Seen
from opensenco.support.operations import cycles, needs, plans, profile, reviews, status
from opensenco.support.operations.plans import OutcomeWords, PlanWords, standing_outcomes
from opensenco.support.operations.ratings import rate_needs
from opensenco.support.operations.views import Keep, save_view
from tests.cast import LONG_AGO, NOW, TODAY
from tests.documents.samples import PHOTO, turned
from tests.world_asking import make_asked
from tests.world_beside import make_beside
from tests.world_contacts import make_sent
from tests.world_costing import make_costs, make_costs_of_provision
from tests.world_ehc import make_card, make_tie
from tests.world_fields import make_fields
from tests.world_guides import make_departure
from tests.world_handover import make_hand_over
from tests.world_meetings import make_meetings
from tests.world_protection import make_requests
from tests.world_provision import hours, measure, own_reason
from tests.world_records import make_other_records
from tests.world_reports import make_reports, read_of_reports
from tests.world_staffing import make_staffing
from tests.world_threads import make_learning, make_note, make_thread
from tests.world_watched import make_seen, measured

SCHOOLS = ("larkrise", "outside")
WORD = "Markerword"
OLD_TERM = Entry(date(2001, 9, 3), date(2001, 10, 19), DayKind.TERM)
ROLL = "Surname,Forename,DOB\n{word},{word},2017-02-03\n"


def make_copy(actor: Actor, org: Organisation, word: str) -> None:
    """Let a copy of the record lie there to be taken; what is in it is told elsewhere."""
    content = word.encode()
    row = PlaceCopy(
        org=org, person=actor.person, why=word, at=NOW, state=CopyState.DONE, done_at=NOW,
        until=NOW + THERE_FOR, digest=hashlib.sha256(content).hexdigest(), size=len(content),
    )  # fmt: skip
    row.save()
    path = file_of(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def make_sentinels(
    keeper: Actor, schools: dict[str, Organisation], people: dict[str, Person]
) -> None:
    """Fill what Larkrise has no row of yet, and everything of Outside Academy."""
    early = NOW - timedelta(days=400)
    here, there = (replace(keeper.hat, orgs=frozenset({schools[s].pk})) for s in SCHOOLS)
    ellen = replace(keeper, hat=here, person=people["expired"], at=early)
    poppy = Pupil.objects.select_related("org").get(first_name="Poppy")
    make_small_things(ellen, poppy, "Longago")
    aunt = pupils.add_contact(actor=ellen, pupil=poppy, name="Longago Aunt", relation="Aunt")
    make_sent(ellen, poppy, "Longago")
    pupils.mark_in_error(actor=ellen, row=aunt, version=None, reason="Long ago.")
    note = SafeguardingNote.objects.get(org=poppy.org)
    SafeguardingRead(org=poppy.org, note=note, person=ellen.person, at=early).save()
    oscar = replace(keeper, hat=there, person=people["outside_teacher"])
    zebedee = Pupil.objects.select_related("org").get(first_name="Zebedee")
    make_small_things(oscar, zebedee, WORD)
    group = make_round(oscar, zebedee)
    make_note(oscar, zebedee, WORD)
    make_learning(oscar, zebedee.org, WORD)
    make_sent(oscar, zebedee, WORD)
    make_record(oscar, zebedee, group)
    own_reason(oscar, zebedee.org, f"{WORD} day")
    make_costs_of_provision(ellen, poppy, "Longago")
    make_costs_of_provision(oscar, zebedee, WORD)
    make_tie(oscar, zebedee, WORD)
    make_worries(oscar, zebedee)
    idris = Pupil.objects.select_related("org").get(first_name="Idris")
    make_staffing(replace(ellen, person=people["senco"]), idris, "Longago")
    make_staffing(oscar, zebedee, WORD)
    make_meetings(ellen, poppy, "Longago")
    make_meetings(replace(oscar, at=early), zebedee, WORD)
    make_requests(ellen, poppy, "Longago")
    make_reports(ellen, poppy.org, "Longago")
    make_beside(ellen, poppy, "Longago")
    make_requests(oscar, zebedee, WORD)
    make_reports(oscar, zebedee.org, WORD)
    della = Person.objects.get(email="della@outside.example")
    make_hand_over(oscar, della, zebedee, WORD)
    read_of_reports()


def make_small_things(actor: Actor, pupil: Pupil, word: str) -> None:
    """Make what the house itself keeps: looks, drafts, sent forms, notices, days, a file."""
    org, person = pupil.org, actor.person
    Opening(
        org=org, at=actor.at, person=person, role=word, kind=Opening.Kind.PAGE,
        action="pupil.view", pupil=pupil,
    ).save()  # fmt: skip
    say_seen(actor=actor, pupils=[pupil], until={pupil.pk: actor.at})
    Draft(org=org, person=person, form="sentinel", text={"x": [word]}, saved_at=actor.at).save()
    Submission(org=org, person=person, token=uuid.uuid4(), location="/", at=actor.at).save()
    enter_term_dates(
        actor=actor, org=org, year=AcademicYear(2001), entries=[OLD_TERM], version=None
    )
    with as_actor(actor):
        spine.tell(actor=actor, org=org, words=f"{word}.", person=person)
        FormerIdentity(
            org=org, pupil=pupil, first_name=word, last_name=word, search_key=word.lower(),
            why="family", guarded=False, until=actor.at, noted_by=person,
        ).save()  # fmt: skip
    held = Membership.objects.filter(org=org, person=person).earliest("pk")
    SecondStepReset(org=org, membership=held, by=person, at=actor.at, reason=word).save()
    SencoCover(org=org, away=person, membership=held, by=person, at=actor.at).save()
    make_pair(actor, pupil, word)
    read_notices(actor=actor, notices=list(Notice.objects.filter(person=person)))
    make_mail(actor, org, word)
    curious = replace(actor, hat=replace(actor.hat, grants=dict(TEACHER_GRANTS)))
    open_out_of_duty(actor=curious, pupil=pupil, reason=f"{word} was ill that day.")
    content = ROLL.format(word=word).encode()
    file = stage_file(
        actor=actor, org=org, kind=ImportKind.PUPILS, file_name=f"{word}.csv", content=content
    )
    row = ImportRow.objects.get(file=file)
    ReadPack(org=org, file=file, pack_ref=uuid.uuid4(), at=actor.at).save()
    Trace(
        org=org, file=file, row=row, pupil=pupil, thing="people.Pupil", thing_ref=pupil.ref,
        deed=Deed.CHANGED, changes=[{"field": "known_as", "before": "", "after": word}],
    ).save()  # fmt: skip
    Mapping(
        org=org, kind=ImportKind.PUPILS, fingerprint=word, columns={word: "upn"}, at=actor.at,
        by=person,
    ).save()  # fmt: skip
    make_copy(actor, org, word)
    guiding.put_off(actor=actor, org=org, step=Step.CONTACTS)
    guiding.take_up(actor=actor, org=org, step=Step.CONTACTS)
    make_years(actor, pupil, word)
    make_papers(actor, pupil, word)
    make_asked(actor, pupil, word)
    said = Said(with_whom=f"{word} Aunt", words=word, on=actor.today, confidential=True)
    log_contact(actor=actor, pupil=pupil, said=said)
    record_time(
        actor=actor, org=org, pupil=pupil, work="other", minutes=5, on=actor.today, words=word
    )
    make_thread(actor, pupil, word)
    make_seen(actor, pupil, word)
    make_card(actor, pupil, word)
    make_costs(actor, pupil, word)
    rate_needs(actor=actor, pupil=pupil, answers={"say": 3}, on=actor.today, words=word)
    save_view(actor=actor, org=org, query="need=SLCN", keep=Keep(word))
    make_fields(actor, pupil, word)
    make_departure(actor, pupil, word)
    make_tablet(actor, org, word)
    if pupil.org.name != "Outside Academy":
        abandon_import(actor=actor, file_import=file, version=None)


def make_tablet(actor: Actor, org: Organisation, word: str) -> None:
    """Make a shared tablet that was enrolled, and somebody's number for it."""
    add = tablets.add_tablet
    row = add(actor=actor, org=org, name=word, roles=["TA", "TEACHER"], code="12345678")
    tablets.enrol_tablet(actor=actor, tablet=row, code="12345678", secret=word)
    tablets.set_pin(actor=actor, org=org, pin="271828")
    tablets.try_pin(actor=actor, tablet=row, pin="271828")


def make_mail(actor: Actor, org: Organisation, word: str) -> None:
    """Make what was mailed long ago, what is chosen, and an address that came back."""
    long_ago = NOW - timedelta(days=400)
    outbox.post(
        org=org, to=f"{word}@sentinel.example", subject=word, words=f"{word}.", at=long_ago
    )  # fmt: skip
    choose_mail(
        actor=actor, mine=How.APP, role=How.APP, urgent=How.APP, digest_hour=7, quiet_from=18,
        quiet_until=7, school_days_only=True,
    )  # fmt: skip
    read_whats_new(actor=actor, number=1)
    BadAddress(
        org=org, address=f"{word}@sentinel.example".lower(), why=CameBack.REFUSED, at=long_ago,
        settled_at=actor.at, settled_by=actor.person,
    ).save()  # fmt: skip


def make_pair(actor: Actor, pupil: Pupil, word: str) -> None:
    """Make that two records were one and parted, and that somebody told them apart."""
    others = Pupil.objects.filter(org=pupil.org).exclude(pk=pupil.pk).order_by("id")
    other = others.first()
    if other is None:
        other = pupils.add_pupil(
            actor=actor, org=pupil.org, first_name=word, last_name=word, birth_date=TODAY
        )
        taking_back.take_back_pupils(actor=actor, pupils=[other], reason=f"{word} was nobody.")
    one, two = sorted((pupil, other), key=lambda row: row.pk)
    reason, person = f"{word} said so.", actor.person
    Joining(
        org=pupil.org, pupil=one, other=two, reason=reason, at=actor.at, by=person,
        parted_at=actor.at, parted_by=person, parted_reason=reason,
    ).save()  # fmt: skip
    Different(org=pupil.org, pupil=one, other=two, reason=reason, at=actor.at, person=person).save()


def make_years(actor: Actor, pupil: Pupil, word: str) -> None:
    """Make what is kept of school years and of stays on the roll; nothing of it stands today."""
    turn = turning.prepare_turn(
        actor=actor, org=pupil.org, year=AcademicYear(2001), first_day=date(2001, 9, 3),
        leave_on=date(2001, 8, 31), highest=6,
    )  # fmt: skip
    leaves = turning.Decision("leaves", left_to=word)
    turning.decide_pupil(actor=actor, turn=turn, version=None, pupil=pupil, decision=leaves)
    TurnDeed(
        org=pupil.org, turn=turn, pupil=pupil, thing="people.Pupil", thing_id=pupil.pk,
        wrote=Wrote.CHANGED, before={"left_to": ""}, after={"left_to": word},
    ).save()  # fmt: skip
    turning.drop_turn(actor=actor, turn=turn, version=None)
    with as_actor(actor):
        RollSpell(org=pupil.org, pupil=pupil, left_on=pupil.birth_date, left_to=word).save()
    enrolment.register_dually(
        actor=actor, pupil=pupil, registration=Registration.MAIN, other_name=word,
        starts=date(2024, 9, 2), ends=date(2024, 9, 20),
    )  # fmt: skip


def make_papers(actor: Actor, pupil: Pupil, word: str) -> None:
    """File a letter, confidential, so that each of the cabinet's tables has a row."""
    letter = Paper(
        Incoming(f"{word}.txt", [f"Dear {word}".encode()]), title=f"{word} letter", kind="letter",
        dated=LONG_AGO, came_from=word, author_role=word, level=Level.CONFIDENTIAL,
    )  # fmt: skip
    file_documents(actor=actor, pupil=pupil, papers=[letter])
    photo = Incoming("photo.jpg", [turned(PHOTO, word)])
    put_photo(
        actor=actor, pupil=pupil, file=photo, given_by=word, given_on=LONG_AGO, words=word,
        given_how=Yes.TALK, uses=[PhotoFor.SHEET],
    )  # fmt: skip
    place_hold(actor=actor, pupil=pupil, reason=f"{word} is in dispute.")
    StatementSource(
        org=pupil.org, pupil=pupil, host_label="support.Cycle", host_ref=uuid.uuid4(),
        part="found", quote=word, said_by=word, reader=Action.PLAN_VIEW.value,
        person=actor.person, at=actor.at,
    ).save()  # fmt: skip


def make_round(actor: Actor, pupil: Pupil) -> Group:
    """Give the pupil a contact, care status, an alert, a group and an adult."""
    pupils.add_contact(
        actor=actor, pupil=pupil, name=f"Zora {WORD}", relation="Mother", phone="01632 960 999"
    )
    pupils.record_care_status(actor=actor, pupil=pupil, kind=CareKind.YOUNG_CARER, starts=LONG_AGO)
    pupils.add_health_alert(actor=actor, pupil=pupil, alert=f"{WORD} pen", what_to_do=WORD)
    group = groups.add_group(actor=actor, org=pupil.org, name=f"5{WORD}")
    groups.put_pupil_in_group(actor=actor, group=group, pupil=pupil, starts=LONG_AGO)
    groups.put_staff_in_group(
        actor=actor, group=group, person=actor.person, does=StaffPart.TEACHES, starts=LONG_AGO
    )
    groups.assign_staff(actor=actor, pupil=pupil, person=actor.person, starts=LONG_AGO)
    return group


def make_record(actor: Actor, pupil: Pupil, group: Group) -> None:
    """Give the pupil a status, needs, a profile, a reviewed plan and provision with a session."""
    earlier = replace(actor, at=NOW - timedelta(days=63))
    agreed, review = date(2027, 1, 6), date(2027, 3, 5)
    status.set_status(
        actor=earlier, pupil=pupil, code="K", starts=LONG_AGO, grounds=["gap"], reason=WORD,
        told=status.Telling(LONG_AGO, "meeting", WORD),
    )  # fmt: skip
    needs.rank_needs(actor=earlier, pupil=pupil, codes=["HI"])
    profile.write_profile(
        actor=earlier, pupil=pupil, own_words=WORD, good_at=WORD, matters=WORD, helps=WORD,
        hinders=WORD, said_on=agreed, said_with=WORD, strategies=[f"{WORD} first"],
    )  # fmt: skip
    cycle = cycles.open_cycle(actor=earlier, pupil=pupil, found=WORD, parents_said=WORD)
    aim = OutcomeWords(text=f"{WORD} by summer", baseline="0", aim="5", by=review, measure=WORD)
    words = PlanWords(found=WORD, parents_said=WORD, at_home=WORD, outcomes=(aim,))
    plans.agree_plan(actor=earlier, cycle=cycle, review_on=review, agreed_with=WORD, words=words)
    outcome = next(iter(standing_outcomes(cycle)))
    thing = library.add_provision(
        actor=earlier, org=pupil.org, name=f"{WORD} group", layer=2, purpose=WORD, group_usual=4,
        minutes=20, times_a_week=3, weeks=12, delivered_by=WORD, entry_measure=WORD,
        exit_measure=WORD,
    )  # fmt: skip
    terms = giving.Terms(times_a_week=3, minutes=20, starts=agreed, ends=review, group=group)
    (given,) = giving.allocate(
        actor=earlier, pupils=[pupil], provision=thing, terms=terms, outcome=outcome
    )
    closed = sessions.Held(closed=WORD)
    rows = sessions.log_session(actor=earlier, allocations=[given], on=earlier.today, held=closed)
    keep_work(
        actor=earlier, session=rows[0], file=Incoming("work.txt", [f"{WORD} wrote".encode()]),
        title=WORD, seen=Seen.PUPIL, said_yes=SaidYes(WORD, LONG_AGO, Yes.TALK), outcome=outcome,
    )  # fmt: skip
    measure(earlier, given, WORD)
    hours(earlier, given, WORD, given.starts)
    make_other_records(earlier, pupil, WORD)
    make_beside(earlier, pupil, WORD)
    result = reviews.Result(
        outcome=outcome.ref, score=2, latest="3", pupil_said=WORD, parent_said=WORD,
        teacher_said=WORD, after="carry",
    )  # fmt: skip
    reviews.review_cycle(actor=actor, cycle=cycle, held_on=review, results=[result])


def make_worries(actor: Actor, pupil: Pupil) -> None:
    """Raise a concern, and mark something for a safeguarding lead who has it in hand."""
    earlier = replace(actor, at=at_half_past_eight())
    raise_concern(
        actor=earlier, pupil=pupil, noticed=WORD, where_when=WORD, tried=WORD, said=WORD
    )  # fmt: skip
    joining.add_colleague(
        actor=actor, org=pupil.org, first_name="Della", last_name=WORD, role="DSL",
        email="della@outside.example", starts=LONG_AGO,
    )  # fmt: skip
    note = note_for_safeguarding(actor=actor, pupil=pupil, words=f"{WORD} for the lead.")
    measured(actor, pupil, WORD)
    lead = Person.objects.get(email="della@outside.example")
    SafeguardingRead(org=pupil.org, note=note, person=lead, at=actor.at).save()


def at_half_past_eight() -> datetime:
    """Give a moment of the world's day before everything else."""
    return datetime.combine(TODAY, NOW.time(), NOW.tzinfo) - timedelta(hours=1)
