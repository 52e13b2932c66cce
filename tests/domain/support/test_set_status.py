"""SEN status has a history, a reason, and parents who were told (IDN-06, IDN-14 to IDN-16)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from opensenco.access.actions import Action
from opensenco.audit.acting import as_actor
from opensenco.audit.history import as_of
from opensenco.cases import queries as cases
from opensenco.cases.models import DueDate, Fact, Task
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.support.models import Need, SenStatus
from opensenco.support.operations import mistakes, needs, status
from opensenco.support.operations.status import Telling
from tests.cast import LONG_AGO, TODAY, YESTERDAY
from tests.domain.support.steps import on_support, pupil
from tests.people import acting_as

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=30)


def chain(name: str = "Grace") -> list[tuple[str, date, date | None]]:
    rows = SenStatus.objects.filter(pupil=pupil(name), in_error_at__isnull=True)
    return list(rows.order_by("starts").values_list("code", "starts", "ends"))


@pytest.mark.rule("IDN-06", "IDN-14")
@pytest.mark.requirement("S4-17")
def test_a_status_ends_where_the_next_begins():
    with acting_as("senco") as actor:
        on_support(actor, starts=LONG_AGO)
        status.set_status(
            actor=actor, pupil=pupil(), code="E", starts=TODAY, reason="Final plan issued."
        )
        assert chain() == [("K", LONG_AGO, YESTERDAY), ("E", TODAY, None)]
        began = Fact.objects.filter(pupil=pupil(), kind="status.set").order_by("on")
        assert [one.words for one in began] == ["SEN support began", "EHC plan issued"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "X"}, "code"),
        ({"code": "N"}, "code"),
        ({"reason": "  "}, "reason"),
        ({"grounds": []}, "grounds"),
        ({"grounds": ["dyslexia"]}, "grounds"),
        ({"starts": date(2013, 9, 1)}, "starts"),
        ({"starts": TODAY + timedelta(days=400)}, "starts"),
        ({"told": Telling(TODAY + timedelta(days=1), "letter")}, "told_on"),
        ({"told": Telling(TODAY, "pigeon")}, "told_how"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(changed, field):
    given = {"code": "K", "starts": TODAY, "grounds": ["gap"], "reason": "Behind in reading."}
    with acting_as("senco") as actor, pytest.raises(Invalid) as refused:
        status.set_status(actor=actor, pupil=pupil("Poppy"), **{**given, **changed})
    assert refused.value.field == field


@pytest.mark.rule("IDN-12")
@pytest.mark.requirement("S4-17")
def test_a_language_alone_is_never_a_need():
    with acting_as("senco") as actor, pytest.raises(Invalid, match="not a special educational"):
        status.set_status(
            actor=actor,
            pupil=pupil(),
            code="K",
            starts=TODAY,
            grounds=["language"],
            reason="Arrived in January and speaks Polish.",
        )


def test_a_language_beside_something_else_is_heard():
    with acting_as("senco") as actor:
        row = status.set_status(
            actor=actor,
            pupil=pupil(),
            code="K",
            starts=TODAY,
            grounds=["language", "progress"],
            reason="Slow to talk in Polish too.",
        )
        assert row.grounds == ["progress", "language"]


@pytest.mark.rule("IDN-15")
def test_parents_are_told_by_the_day_support_starts():
    with acting_as("senco") as actor:
        row = on_support(actor)
        dues = {due.step: due for due in DueDate.objects.filter(source_ref=row.ref)}
        tell, alert = dues["tell-parents"], dues["not-told-alert"]
        assert (tell.on, tell.strength) == (TODAY, "must")
        # the alert is a custom round the duty, five school days later
        assert (alert.on, alert.strength) == (TODAY + timedelta(days=7), "practice")
        (turn,) = cases.about_pupil(actor, pupil())
        assert (turn.yours, turn.due) == (True, TODAY)


@pytest.mark.rule("IDN-15")
def test_telling_the_parents_keeps_the_proof_and_settles_what_waits():
    with acting_as("senco") as actor:
        row = on_support(actor)
        status.tell_parents(
            actor=actor, status=row, told=Telling(TODAY, "letter", "Dear Ms Atherton, …")
        )
        row.refresh_from_db()
        assert (row.told_how, row.told_words) == ("letter", "Dear Ms Atherton, …")
        assert row.told_by_id == actor.person.pk
        assert set(DueDate.objects.filter(source_ref=row.ref).values_list("done_on")) == {(TODAY,)}
        assert not Task.objects.filter(source_ref=row.ref, settled_at__isnull=True).exists()


def test_a_plan_of_the_authority_asks_no_telling_under_section_68():
    with acting_as("senco") as actor:
        row = status.set_status(
            actor=actor, pupil=pupil(), code="E", starts=TODAY, reason="Final plan issued."
        )
        assert not DueDate.objects.filter(source_ref=row.ref).exists()


@pytest.mark.rule("IDN-16", "IDN-09")
def test_leaving_support_keeps_the_history_and_ends_the_needs():
    with acting_as("senco") as actor:
        on_support(actor, starts=LONG_AGO)
        needs.rank_needs(actor=actor, pupil=pupil(), codes=["SPLD", "SEMH"])
        status.set_status(
            actor=actor,
            pupil=pupil(),
            code="N",
            starts=TODAY,
            reason="Reads with her class.",
            told=Telling(TODAY, "meeting"),
        )
        assert [code for code, _starts, _ends in chain()] == ["K", "N"]
        assert set(Need.objects.filter(pupil=pupil()).values_list("ended_on")) == {(TODAY,)}


def test_two_people_setting_a_status_are_told():
    with acting_as("senco") as actor:
        on_support(actor)
        with pytest.raises(Stale):
            status.set_status(
                actor=actor, pupil=pupil(), code="E", starts=LATER, reason="Plan.", version=0
            )


@pytest.mark.parametrize("who", ["teacher", "ta", "admin", "governor"])
def test_only_who_co_ordinates_sets_a_status(who):
    with acting_as(who) as actor, pytest.raises(Refused) as refused:
        on_support(actor)
    assert refused.value.action is Action.STATUS_SET


def test_a_status_made_in_error_gives_its_days_back():
    with acting_as("senco") as actor:
        on_support(actor, starts=LONG_AGO)
        wrong = status.set_status(
            actor=actor, pupil=pupil(), code="E", starts=TODAY, reason="Final plan issued."
        )
        mistakes.mark_in_error(actor=actor, row=wrong, reason="Plan was another child's")
        assert chain() == [("K", LONG_AGO, None)]
        assert SenStatus.objects.get(pk=wrong.pk).in_error_reason == "Plan was another child's"
        with pytest.raises(NotPossible):
            mistakes.mark_in_error(actor=actor, row=wrong, reason="Once more, please")


def test_what_a_status_made_in_error_asked_for_is_asked_no_more():
    with acting_as("senco") as actor:
        wrong = on_support(actor)
        mistakes.mark_in_error(actor=actor, row=wrong, reason="Wrong child")
        assert cases.about_pupil(actor, pupil()) == []
        assert not DueDate.objects.filter(source_ref=wrong.ref).exists()
        assert [one.kind for one in cases.timeline(pupil(), actor)] == ["error"]


def test_an_error_needs_a_reason():
    with acting_as("senco") as actor, pytest.raises(Invalid):
        mistakes.mark_in_error(actor=actor, row=on_support(actor), reason="oops")


def test_the_database_holds_one_status_that_goes_on():
    with acting_as("senco") as actor:
        row = on_support(actor)
        twin = SenStatus(
            org_id=row.org_id, pupil=row.pupil, code="E", starts=LATER, reason="x",
            set_by=actor.person,
        )  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic(), as_actor(actor):
            twin.save()


def test_a_status_is_shown_as_it_stood():
    with acting_as("senco") as actor:
        on_support(actor)
        assert as_of(SenStatus, YESTERDAY).filter(pupil=pupil()).count() == 0
        assert as_of(SenStatus, TODAY).filter(pupil=pupil()).count() == 1
