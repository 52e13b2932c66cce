"""What people can do and the tests' world does not: the operations that are left, once each.

Told in the order in which they become possible. A new operation that neither the world nor this
file calls is named by the test of deaths.
"""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from opensenco.access.actor import Actor
from opensenco.access.models import (
    Invitation,
    LocalRole,
    Membership,
    Organisation,
    Person,
)
from opensenco.audit.acting import as_actor
from opensenco.cases import spine
from opensenco.cases.joining.questions import questions
from opensenco.cases.operations import mending, one_child
from opensenco.cases.operations.everyday import take_back_term_dates
from opensenco.concerns.models import Concern, SafeguardingNote
from opensenco.concerns.operations import carrying, deciding, raising, safeguarding
from opensenco.documents.files.opening import Inside as Read
from opensenco.documents.files.scanner import Scanned, Verdict
from opensenco.documents.keeping import Incoming
from opensenco.documents.models import Document
from opensenco.documents.operations import filing, holding, photos, putting_right
from opensenco.documents.operations.filing import Paper
from opensenco.documents.operations.reading import record_words
from opensenco.documents.operations.scanning import record_scan
from opensenco.documents.states import Level
from opensenco.exchange.operations import (
    handing,
    imports,
)
from opensenco.exchange.operations.answering import answer_for_file
from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.operations.leavers import mark_leavers
from opensenco.exchange.operations.papers import say_of_papers, stage_papers
from opensenco.exchange.operations.undoing import undo_import
from opensenco.exchange.operations.worker import take_from_worker
from opensenco.exchange.readers.papers import Sheet
from opensenco.exchange.states import Decision, ImportKind
from opensenco.law.calendar.years import AcademicYear
from opensenco.meetings import when
from opensenco.meetings.models import MeetingAction, MeetingSlot
from opensenco.meetings.operations import changing, feeds, inviting, planning
from opensenco.meetings.operations import holding as minutes
from opensenco.meetings.operations.planning import Invited, Wanted, Where, plan_meeting
from opensenco.participation.models import Asked
from opensenco.participation.operations import answering, asking, chasing
from opensenco.participation.operations import sets as asked_sets
from opensenco.participation.questions import Question, QuestionWords
from opensenco.participation.silence import Rule
from opensenco.participation.states import ChaseKind, Kind
from opensenco.people.models import (
    Contact,
    FormerIdentity,
    Group,
    GroupPupil,
    GroupStaff,
    Pupil,
)
from opensenco.people.operations import (
    groups,
    health,
    identity,
    joining,
    places,
    pupils,
    rolls,
    staff,
    taking_back,
)
from opensenco.provision.models import Allocation
from opensenco.provision.operations import giving
from opensenco.provision.operations import taking_back as going_on_again
from opensenco.support.models import (
    AssessmentResult,
    Attendance,
    Cycle,
    Incident,
    Outcome,
    SenStatus,
)
from opensenco.support.operations import (
    cycles,
    evidence,
    mistakes,
    needs,
    plans,
    records,
    reviews,
    sources,
    status,
    taking_over,
)
from opensenco.support.operations import photos as photos_up
from opensenco.support.operations.status import Telling
from opensenco.support.queries import records as read_records
from tests.cast import NOW, TODAY, YESTERDAY
from tests.documents.samples import PHOTO, turned
from tests.exchange.lists import GRACE, IDRIS, NOOR, changed, staged
from tests.people import acting_as, person
from tests.support import (
    deeds_of_a_year,
    deeds_of_access,
    deeds_of_costing,
    deeds_of_ehc,
    deeds_of_guides,
    deeds_of_handover,
    deeds_of_letters,
    deeds_of_packs,
    deeds_of_plans,
    deeds_of_provision,
    deeds_of_reports,
    deeds_of_signing_in,
    deeds_of_staffing,
    deeds_of_threads,
    deeds_of_watching,
)
from tests.support import deeds_of_protection as rights
from tests.support.deeds_of_leaving import leave_and_come
from tests.support.deeds_of_new_places import about_new_places
from tests.support.deeds_of_places import (
    about_packs_taken_over,
)
from tests.support.deeds_of_second_steps import about_signing_in
from tests.support.deeds_of_the_register import about_register
from tests.support.link_deeds import OUTSIDE, by_links

LATER = TODAY + timedelta(days=28)
LATER_AT = when.at(LATER, time(9, 0))
TOLD = Telling(TODAY, "meeting", "At the gate.")
QUESTIONS = QuestionWords(
    "Ours", "staff", questions=(Question("one", "What is {pupil} good at?", Kind.LONGTEXT),)
)


def do() -> None:
    """Do it all."""
    strand = person("outside_teacher")
    with acting_as("senco") as actor:
        about_places(actor)
        about_people(actor, strand)
        about_classes(actor)
        about_concerns(actor)
        about_plans(actor)
        deeds_of_provision.do(actor, place(actor), idris())
        deeds_of_packs.do(actor, LATER)
        about_records(actor)
        about_lists(actor)
        about_packs_taken_over(actor, place(actor))
        about_papers(actor)
        about_asking(actor)
        about_meetings(actor)
        deeds_of_letters.do(actor, place(actor))
        deeds_of_threads.do(actor, idris())
        deeds_of_watching.do(actor, idris())
        deeds_of_ehc.do(actor, idris())
        deeds_of_plans.do(actor, idris())
        deeds_of_access.do(actor, idris())
        deeds_of_handover.do(actor, idris())
        deeds_of_guides.do(actor, idris())
        deeds_of_reports.do(actor, place(actor))
        deeds_of_signing_in.do(actor, place(actor))
        decided = rights.do(actor, idris())
        about_mistakes(actor)
        deeds_of_signing_in.about_mail(actor, place(actor))
        about_signing_in(actor)
        deeds_of_a_year.do(actor, place(actor))
    with acting_as("head") as head:
        deeds_of_costing.do(head, idris())
        deeds_of_staffing.do(head, idris())
    with acting_as("family") as family:
        deeds_of_provision.offer(family)
    with acting_as("dsl") as lead:
        note = SafeguardingNote.objects.filter(org__in=lead.hat.orgs).order_by("-id").first()
        assert note is not None
        safeguarding.take_note_in_hand(actor=lead, note=note)
        lead_opens_a_paper(lead)
    about_new_places()
    leave_and_come()
    rights.carry_out(decided)


def about_meetings(actor: Actor) -> None:
    """Meetings are planned, moved, held, corrected; one was a mistake; a calendar feed ends."""
    day = when.at(TODAY, time(8, 0))
    given: dict[str, Any] = {"actor": actor, "version": None}
    wanted = Wanted("annual-review-primary", Where(60), [day, LATER_AT], invited=[])
    meeting = plan_meeting(actor=actor, pupil=idris(), wanted=wanted)
    contact = Contact.objects.get(name="Leila Hassan")
    everybody = [Invited(person=actor.person), Invited(contact=contact), Invited(name="Nan")]
    me, mother, nan = inviting.invite(actor=actor, meeting=meeting, invited=everybody)
    slot = MeetingSlot.objects.get(meeting=meeting, starts=day)
    inviting.answer_invitation(actor=actor, member=me, slots=[slot.ref])
    inviting.record_answer(actor=actor, member=mother, slots=[slot.ref])
    inviting.take_off(actor=actor, member=nan)
    (paper,) = inviting.add_papers(actor=actor, meeting=meeting, label="A drawing")
    inviting.take_off_paper(actor=actor, paper=paper)
    changing.move_meeting(**given, meeting=meeting, starts=day, where=Where(60, "Room 4"))
    changing.record_notice(**given, meeting=meeting, on=YESTERDAY)
    words = minutes.Words("I like maths.", "He tells us.", "Long talk.", "A timer.")
    promises = [minutes.Promise("Buy a timer", me.ref, TODAY)]
    came = [me.ref, mother.ref]
    minutes.write_record(**given, meeting=meeting, words=words, came=came, promises=promises)
    action = MeetingAction.objects.get(meeting=meeting)
    minutes.settle_action(**given, action=action, done=True)
    minutes.close_record(**given, meeting=meeting)
    minutes.give_record(actor=actor, meeting=meeting, members=[mother.ref], way="post", on=TODAY)
    better = replace(words, agreed="A timer and a card.")
    minutes.correct_record(**given, meeting=meeting, words=better, reason="A card was agreed too.")
    off = plan_meeting(actor=actor, pupil=idris(), wanted=replace(wanted, days=[LATER_AT]))
    changing.cancel_meeting(**given, meeting=off, reason="She is ill.")
    changing.mark_meeting_in_error(**given, meeting=off, reason="Another child.")
    visit = replace(wanted, kind="governor-link-visit", days=[LATER_AT])
    planning.plan_for_place(actor=actor, org=place(actor), wanted=visit)
    feed = feeds.renew_feed(actor=actor, org=place(actor), names=True, key=feeds.new_key())
    feeds.note_fetched(actor=actor, feed=feed)
    feeds.end_feed(actor=actor, feed=feed)


def about_papers(actor: Actor) -> None:
    """Papers are filed, put right, scanned, and were a mistake; a heap is brought in and filed."""
    one = Paper(Incoming("a.txt", [b"A letter."]), title="A letter", kind="letter")
    (made,) = filing.file_documents(actor=actor, pupil=idris(), papers=[one])
    closed = replace(one, file=Incoming("b.txt", [b"B"]), level=Level.SAFEGUARDING)
    filing.file_for_safeguarding(actor=actor, pupil=idris(), papers=[closed])
    newer = filing.add_version(actor=actor, document=made, file=Incoming("a.txt", [b"Newer."]))
    record_words(actor=actor, stored_file=newer.file, read=Read(True, "Newer."))
    record_scan(actor=actor, stored_file=newer.file, said=Scanned(Verdict.FOUND, "Eicar"))
    putting_right.correct_document(actor=actor, document=made, version=None, title="Letter")
    said = [{"version": made.version, "title": "The letter"}]
    putting_right.correct_documents(actor=actor, documents=[made], said=said)
    putting_right.mark_filed_in_error(actor=actor, documents=[made], reason="Of another child.")
    taken = photos.put_photo(
        actor=actor, pupil=idris(), file=Incoming("i.jpg", [turned(PHOTO, "Make")]),
        given_by="His mother", given_on=actor.today, given_how="talk", uses=["profile"],
    )  # fmt: skip
    photos.take_photo_down(actor=actor, photo=taken, why="needless")
    yes: dict[str, Any] = {"given_by": "His mother", "given_on": actor.today, "given_how": "talk"}
    up = photos_up.put_up_photo(
        actor=actor, pupil=idris(), file=Incoming("i.jpg", [turned(PHOTO, "Make")]),
        uses=["profile"], until=actor.today, **yes,
    )  # fmt: skip
    again = photos_up.renew_consent(actor=actor, photo=up, **yes)
    photos_up.take_down(actor=actor, photo=again, why="needless")
    hold = holding.place_hold(actor=actor, pupil=idris(), reason="An appeal is open.")
    holding.lift_hold(actor=actor, hold=hold, reason="The appeal is decided.")
    sheets = [Sheet("Hassan-Cole, Idris - IEP.txt", [b"IEP"]), Sheet("scan.txt", [b"scan"])]
    heap = stage_papers(actor=actor, org=place(actor), papers=sheets)
    answer = {2: {"pupil": idris().pk}}
    say_of_papers(actor=actor, file_import=heap, version=None, said=answer)
    apply_import(actor=actor, file_import=heap, version=None)
    undo_import(actor=actor, file_import=heap, version=None)


def about_asking(actor: Actor) -> None:
    """People are asked, reminded, thanked and let off; questions are written and put away."""
    org = place(actor)
    own = asked_sets.write_questions(actor=actor, org=org, words=QUESTIONS)
    teacher, ta, head = (person_here(name) for name in ("Raman", "Birkett", "Whitcombe"))
    row = asking.ask_people(
        actor=actor, pupil=idris(), questions=own, people=[teacher, ta], due=LATER,
        outside=OUTSIDE,
    )  # fmt: skip
    by_links(actor, row)
    asking.ask_more(actor=actor, ask_round=row, version=None, people=[head], due=LATER)
    parts = {one.person_id: one for one in Asked.objects.filter(ask_round=row)}
    chasing.remind_waiting(actor=actor, ask_round=row)
    next_day = replace(actor, at=NOW + timedelta(days=1))
    chasing.chase_by_rule(actor=next_day, asked=parts[ta.pk], step=ChaseKind.BY_RULE)
    said = {"one": "Drawing."}
    as_teacher, as_ta = replace(actor, person=teacher), replace(actor, person=ta)
    part = parts[teacher.pk]
    answering.answer_round(actor=as_teacher, asked=part, version=None, answers=said)
    answering.decline_round(actor=as_ta, asked=parts[ta.pk], version=None, reason="Away.")
    chasing.thank_answered(actor=actor, ask_round=row)
    asking.close_round(actor=actor, ask_round=row, version=None, reason="Enough.")
    asking.mark_round_in_error(actor=actor, ask_round=row, version=None, reason="Of another child.")
    asked_sets.put_questions_away(actor=actor, question_set=own, version=None, away=True)
    asked_sets.set_chasing(actor=actor, org=org, rule=Rule(most=3), version=None)


def person_here(last_name: str) -> Person:
    """Give somebody of the cast by surname, in the scope that is open."""
    return Person.objects.get(last_name=last_name)


def lead_opens_a_paper(lead: Actor) -> None:
    """The safeguarding lead opens what was filed for them alone."""
    paper = Document.objects.filter(level=Level.SAFEGUARDING).order_by("-id").first()
    assert paper is not None
    putting_right.take_in_hand(actor=lead, document=paper)


def idris() -> Pupil:
    """Give the pupil of most stories; a list has brought a second child of his name."""
    return Pupil.objects.select_related("org").filter(first_name="Idris").earliest("id")


def place(actor: Actor) -> Organisation:
    """Give Larkrise."""
    return Organisation.objects.get(pk=min(actor.hat.orgs))


def about_places(actor: Actor) -> None:
    """Our own words and roles."""
    places.describe_setting(
        actor=actor, org=place(actor), version=None, senco_word="SENDCo", safeguarding_words="Tell."
    )
    # the world entered an old year here
    take_back_term_dates(actor=actor, org=place(actor), year=AcademicYear(2001))
    own = LocalRole.objects.get()
    staff.reshape_role(
        actor=actor, local_role=own, version=None, name="Helper", combines=["TA"], without=[]
    )


def about_people(actor: Actor, strand: Person) -> None:
    """Roles that end, and are taken back; links that are made anew and taken."""
    ends = Membership.objects.get(person__last_name="Morton")
    staff.end_role(actor=actor, membership=ends, version=None, on=TODAY)
    coming = Membership.objects.get(person__last_name="Soon")
    staff.withdraw_role(actor=actor, membership=coming, version=None)
    waits = Invitation.objects.get()
    joining.renew_links(actor=actor, invitations=[waits])
    key = joining.renew_link(actor=actor, invitation=waits)
    joining.take_roles(actor=Actor(strand, actor.hat, NOW), invitation=waits, key=key)
    new = joining.add_colleague(
        actor=actor, org=place(actor), first_name="Nia", last_name="Penrose",
        email="nia@larkrise.example", role="TEACHER", starts=TODAY,
    )  # fmt: skip
    assert new.invitation is not None
    joining.take_back(actor=actor, invitation=new.invitation, version=None)
    contact = Contact.objects.get(name="Leila Hassan")
    pupils.change_contact(actor=actor, contact=contact, version=None, phone="01632 960 143")
    pupils.change_pupil(actor=actor, pupil=idris(), version=None, known_as="Idi")


def about_classes(actor: Actor) -> None:
    """Whole lists of pupils, and who comes into a class and goes."""
    details = {"last_name": "Fen", "birth_date": date(2019, 1, 1)}
    made = rolls.add_pupils(
        actor=actor, org=place(actor),
        rows=[{"first_name": name, **details} for name in ("Ada", "Ben")],
    )  # fmt: skip
    rolls.change_pupils(actor=actor, pupils=made, values=[{"known_as": "A"}, {"known_as": "B"}])
    words = [{"name": "Eda Fen", "relation": "Mother"}, {"name": "Eda Fen", "relation": "Mother"}]
    rolls.add_contacts(actor=actor, pupils=made, values=words)
    form, small = Group.objects.get(name="2P"), Group.objects.get(name="Language group")
    rolls.put_pupils_in_classes(actor=actor, pupils=made, classes=[form, form], starts=TODAY)
    rolls.put_pupils_in_group(actor=actor, pupils=made, group=small, starts=TODAY)
    first, second = GroupPupil.objects.filter(group=small, starts=TODAY).order_by("id")
    groups.take_back_pupil_in_group(actor=actor, group_pupil=first, version=None)
    groups.end_pupil_in_group(actor=actor, group_pupil=second, version=None, on=LATER)
    covers = groups.put_staff_in_group(
        actor=actor, group=form, person=actor.person, does="covers", starts=TODAY
    )
    groups.take_back_staff_in_group(actor=actor, group_staff=covers, version=None)
    teaches = GroupStaff.objects.get(group=form, does="teaches")
    groups.end_staff_in_group(actor=actor, group_staff=teaches, version=None, on=LATER)
    groups.change_group(actor=actor, group=form, version=None, name="2 Puffin")
    extra = groups.add_group(actor=actor, org=place(actor), name="Choir", kind="teaching")
    groups.put_pupil_in_group(actor=actor, group=extra, pupil=made[0], starts=YESTERDAY)
    groups.end_group(actor=actor, group=extra, version=None, on=TODAY)


def about_concerns(actor: Actor) -> None:
    """A concern is decided, tried, passed on, decided anew and settled; another was a mistake."""
    concern = Concern.objects.get(pupil=idris())
    decided: dict[str, Any] = {
        "actor": actor,
        "concern": concern,
        "version": None,
        "owner": actor.person,
    }
    deciding.triage_concern(**decided, outcome="with_teacher", reply="Please try.")
    step: dict[str, Any] = {"actor": actor, "concern": concern, "version": None}
    carrying.take_up_strategies(**step, trying="Ten seconds to think.", until=LATER)
    carrying.pass_on(**step, reason="It did not help.")
    deciding.triage_concern(**decided, outcome="with_teacher", reply="Once more.")
    carrying.settle_concern(**step, result="He answers now.")
    wrong = raising.raise_concern(actor=actor, pupil=idris(), noticed="Of another child.")
    raising.mark_concern_in_error(actor=actor, concern=wrong, version=None, reason="Other child.")


def about_evidence(actor: Actor, outcome: Outcome) -> None:
    """What shows how far an outcome has come is pointed to, and taken away."""
    result = read_records.to_name(actor, outcome.pupil)[0]
    shown = evidence.point_to(actor=actor, outcome=outcome, words="He asks.", source=result)
    evidence.take_evidence_away(actor=actor, outcome=outcome, source=shown.ref)


def about_plans(actor: Actor) -> None:
    """The next cycle: written, agreed, opened again, reviewed in part, ended; one was a mistake."""
    needs.write_strategies(actor=actor, pupil=idris(), texts=["Wait ten seconds"])
    about_register(actor, idris())
    cycle = reviews.start_next_cycle(actor=actor, cycle=Cycle.objects.get(pupil=idris()))
    plans.write_plan(actor=actor, cycle=cycle, words=plans.PlanWords(found="He tells more."))
    named = sources.name_source(
        actor=actor, cycle=cycle, place="found", quote="He tells more.", said_by="His mother"
    )
    sources.remove_source(actor=actor, cycle=cycle, source=named.ref)
    said = sources.name_profile_source(
        actor=actor, pupil=idris(), place="own_words", quote="I know every bus.", said_by="Jo"
    )
    sources.remove_profile_source(actor=actor, pupil=idris(), source=said.ref)
    words = plans.OutcomeWords("Asks for help", "0 of 5", "4 of 5", LATER, "A tally")
    outcome = plans.add_outcome(actor=actor, cycle=cycle, outcome=words)
    plans.change_outcome(actor=actor, outcome=outcome, words=words)
    about_evidence(actor, outcome)
    plans.agree_plan(actor=actor, cycle=cycle, review_on=LATER, agreed_with="His mother")
    cycles.reopen_plan(actor=actor, cycle=cycle)
    plans.agree_plan(actor=actor, cycle=cycle, review_on=LATER, agreed_with="His mother")
    part = reviews.Result(outcome=outcome.ref, teacher_said="He asks.")
    reviews.write_review(actor=actor, cycle=cycle, results=[part])
    cycles.close_cycle(actor=actor, cycle=cycle, reason="He moves to another plan.")
    support = SenStatus.objects.get(pupil=idris())
    mistakes.mark_in_error(actor=actor, row=cycle, reason="It was for another child.")
    fresh = Pupil.objects.get(first_name="Grace")
    new = status.set_status(
        actor=actor, pupil=fresh, code="K", starts=TODAY, reason="Falls behind.", grounds=["gap"]
    )
    status.tell_parents(actor=actor, status=new, told=TOLD)
    poppy = Pupil.objects.get(first_name="Poppy")
    known = taking_over.Known("poppy", "K", None, "SLCN")
    taking_over.take_over(actor=actor, pupils=[poppy], known=[known])
    assert support.pk != new.pk


def about_lists(actor: Actor) -> None:
    """A list of pupils with a doubtful row is decided about and applied."""
    file = staged(actor, changed(IDRIS, dob="05/04/2018"), changed(GRACE, reg="4S"), NOOR)
    file = imports.read_again(
        actor=actor, file_import=file, version=None, reading=imports.Reading()
    )
    answers = {2: (Decision.ADD, None)}
    imports.decide(actor=actor, file_import=file, version=None, answers=answers)
    apply_import(actor=actor, file_import=file, version=None)
    undo_import(actor=actor, file_import=file, version=None)
    about_a_map(actor)
    waits = staged(actor, changed(GRACE, reg="4T"))
    waits = handing.hand_over(actor=actor, file_import=waits, version=None)
    waits = handing.hand_again(actor=actor, file_import=waits, version=None)
    take_from_worker(actor=actor, file_import=waits, version=None)
    gone = [Pupil.objects.get(first_name="Poppy")]
    waits = mark_leavers(actor=actor, file_import=waits, version=None, pupils=gone, on=TODAY)
    done = apply_import(actor=actor, file_import=waits, version=None)
    done = handing.hand_back(actor=actor, file_import=done, version=None)
    take_from_worker(actor=actor, file_import=done, version=None)
    sue = rolls.add_pupils(
        actor=actor, org=place(actor),
        rows=[{"first_name": "Sue", "last_name": "Fen", "birth_date": date(2019, 1, 1)}],
    )  # fmt: skip
    choir = groups.add_group(actor=actor, org=place(actor), name="Band", kind="teaching")
    places_in = rolls.put_pupils_in_group(actor=actor, pupils=sue, group=choir, starts=TODAY)
    taking_back.take_back_places(actor=actor, pupils=sue, places=places_in, before=[])
    aunt = rolls.add_contacts(actor=actor, pupils=sue, values=[{"name": "Ann Fen"}])
    taking_back.take_back_contacts(actor=actor, contacts=aunt, reason="A slip.")
    decided = status.set_status(
        actor=actor, pupil=sue[0], code="K", starts=TODAY, grounds=["gap"], reason="Behind."
    )
    mistakes.mark_statuses_in_error(actor=actor, statuses=[decided], reason="A slip.")
    taking_back.take_back_pupils(actor=actor, pupils=sue, reason="A slip.")
    leads = groups.put_staff_in_group(actor=actor, group=choir, person=actor.person, starts=TODAY)
    taking_back.take_back_staff(actor=actor, group=choir, place=leads)
    role = Membership.objects.get(person__last_name="Raman")
    taking_back.set_last_day(actor=actor, membership=role, version=None, ends=LATER)


def about_records(actor: Actor) -> None:
    """Facts of other systems are corrected, marked in error, and taken back with their list."""
    span = Attendance.objects.get(pupil=idris(), possible__isnull=False)
    records.correct_attendance(actor=actor, rows=[span], values=[{"attended": 50}], by_hand=True)
    result = AssessmentResult.objects.get(pupil=idris(), measure="standardised")
    records.correct_results(actor=actor, rows=[result], values=[{"words": "91 again"}])
    first, second = Incident.objects.filter(pupil=idris(), praise=False).order_by("on")
    records.correct_incidents(actor=actor, rows=[first], values=[{"points": 3}])
    records.mark_record_in_error(actor=actor, row=first, version=None, reason="Of another.")
    records.take_back_records(actor=actor, rows=[span], reason="Of another school.")
    records.take_back_incidents(actor=actor, rows=[second], reason="Of another school.")


def about_a_map(actor: Actor) -> None:
    """A provision map is settled; a promise that was ended goes on."""
    header = ("Name", "ELSA", "Own club")
    rows = [("Hassan-Cole, Idris", "x", "3x20")]
    kind = ImportKind.PROVISION_MAP
    file = staged(actor, *rows, header=header, kind=kind, file_name="map.csv")
    file = answer_for_file(
        actor=actor, file_import=file, version=None,
        answers={"provisions": {"own club": {"layer": 2}}},
    )  # fmt: skip
    apply_import(actor=actor, file_import=file, version=None)
    given = Allocation.objects.get(provision__name="Own club")
    giving.end_each(actor=actor, allocations=[given], ends=[TODAY], reason="A slip.")
    going_on_again.give_last_days_back(actor=actor, allocations=[given], ends=[None])
    giving.mark_each_in_error(actor=actor, allocations=[given], reason="Of another school.")
    terms = giving.Terms(times_a_week=1, minutes=15, starts=LATER)
    promises = [giving.Promise(given.provision, terms)]
    giving.allocate_each(actor=actor, pupils=[given.pupil], promises=promises)


def about_mistakes(actor: Actor) -> None:
    """A contact was a mistake; a name and a number change, and it is said why."""
    named: dict[str, Any] = {"actor": actor, "version": None, "why": "family"}
    identity.change_name(pupil=idris(), first_name="Idris", last_name="Cole", **named)
    identity.change_upn(pupil=idris(), upn="W891999921006", **named)
    former = FormerIdentity.objects.filter(pupil=idris(), upn="").order_by("-id")[0]
    identity.say_why(actor=actor, former=former, version=None, why="adoption")
    row = Contact.objects.get(name="Leila Hassan")
    pupils.mark_in_error(actor=actor, row=row, version=None, reason="Of another child.")
    alert = pupils.add_health_alert(actor=actor, pupil=idris(), alert="An inhaler")
    pupils.change_health_alert(actor=actor, health_alert=alert, version=None, alert="Two inhalers")
    health.end_health_alert(
        actor=actor, health_alert=alert, version=None, ended_on=actor.today, words="Outgrown."
    )
    health.resume_health_alert(actor=actor, health_alert=alert, version=None)
    twice = pupils.add_pupil(
        actor=actor, org=place(actor), first_name="Idrees", last_name="Cole",
        birth_date=idris().birth_date,
    )  # fmt: skip
    chosen = {question.code: "first" for question in questions(actor, idris(), twice)}
    told: dict[str, Any] = {"actor": actor, "reason": "Their mother told us so."}
    one = one_child.join_records(pupils=[idris(), twice], choices=chosen, **told)
    with as_actor(actor):
        spine.open_task(
            actor=actor, org=place(actor), kind="late", words="Late.", source=twice, pupil=twice,
            person=actor.person,
        )  # fmt: skip
    one_child.bring_over(actor=actor, joining=one)
    one_child.part_records(joining=one, **told)
    never = GroupPupil.objects.filter(pupil__first_name="Poppy", withdrawn=False)[0]
    mending.never_in_group(group_pupil=never, version=None, **told)
    lost: dict[str, Any] = {"pupil": Pupil.objects.get(pk=twice.pk), "version": None, **told}
    mending.correct_first_day(joined_on=TODAY, **lost)
    part = Organisation.objects.get(name="Upper school")
    mending.move_to_part(part=part, **lost)
    off = mending.take_off_record(**lost)
    mending.put_back_on_record(org=place(actor), pupil=off, **told)
    one_child.tell_apart(pupils=[idris(), Pupil.objects.get(pk=twice.pk)], **told)
