"""Who is mailed of a notice, when, and how little such a mail says."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from opensenco.access.actions import Action
from opensenco.access.scope import system_scope
from opensenco.audit.acting import as_actor
from opensenco.cases import spine
from opensenco.kernel.clock import london_time
from opensenco.kernel.errors import Invalid
from opensenco.notices import queries, spreading
from opensenco.notices.models import DueMail, Mail
from opensenco.notices.moments import Times, moment
from opensenco.notices.operations import choose_mail, read_notices
from opensenco.notices.states import How
from opensenco.ops import posting
from opensenco.people.models import Pupil
from tests.domain.notices.mailing import House, house
from tests.people import acting_as, person

FRIDAY_EVENING = datetime(2027, 3, 12, 19, 30, tzinfo=UTC)
USUAL: dict[str, Any] = {
    "mine": How.ONCE, "role": How.DIGEST, "urgent": How.ONCE, "digest_hour": 7, "quiet_from": 18,
    "quiet_until": 7, "school_days_only": True,
}  # fmt: skip


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch, settings: Any, db: object) -> Iterator[House]:
    with house(monkeypatch, settings) as made:
        yield made


def tell(**to: Any) -> None:
    with acting_as("teacher") as actor, as_actor(actor):
        idris = Pupil.objects.get(first_name="Idris")
        spine.tell(actor=actor, org=idris.org, words="Idris ran off.", pupil=idris, **to)


def choose(who: str, **changes: Any) -> None:
    with acting_as(who) as actor:
        choose_mail(actor=actor, **{**USUAL, **changes})


def mailed() -> list[str]:
    """Let the worker look once, and give to whom it has written so far."""
    posting.tell_by_mail()
    with system_scope("looking into the outbox", write=False):
        rows = Mail.objects.order_by("id").values_list("to", flat=True)
        return [to.partition("@")[0] for to in rows]


@pytest.mark.worker
@pytest.mark.django_db
def test_one_by_name_is_mailed_at_once_and_those_with_a_role_in_the_morning(mails: House) -> None:
    tell(person=person("ta"))
    tell(role_action=Action.CONCERN_TRIAGE)
    tell(role_action=Action.CONCERN_TRIAGE)
    assert mailed() == ["ta"]
    # what one is told of oneself is read before the morning: no mail of it
    with acting_as("head") as head:
        read_notices(actor=head, notices=queries.unread(head))
    mails.now = datetime(2027, 3, 11, 7, 0, 30, tzinfo=UTC)
    # one mail for both, to whoever has the verb over this pupil, and twice is as once
    assert sorted(mailed()) == sorted(mailed()) == ["phase_senco", "senco", "ta"]
    with system_scope("looking into the outbox", write=False):
        assert not DueMail.objects.exists()
        mail = Mail.objects.get(to="senco@larkrise.example")
        assert mail.person == person("senco")
        said = f"{mail.subject} {mail.words}"
    assert "2 new notices at Larkrise Primary School" in said
    assert "https://senco.example/notices/" in said
    for private in ("Idris", "Hassan", "ran off", "Priya", "Amara"):
        assert private not in said


@pytest.mark.worker
@pytest.mark.django_db
def test_evenings_and_days_without_school_are_quiet_but_for_what_is_urgent(mails: House) -> None:
    mails.now = FRIDAY_EVENING
    tell(person=person("ta"))
    tell(person=person("teacher"))
    tell(role_action=Action.SAFEGUARDING_VIEW)
    choose("teacher", quiet_from=0, quiet_until=0, school_days_only=False)
    assert sorted(mailed()) == ["dsl", "teacher"]
    mails.later(days=1)
    assert len(mailed()) == 2
    mails.now = datetime(2027, 3, 15, 7, 1, tzinfo=UTC)
    assert mailed()[2:] == ["ta"]


@pytest.mark.worker
@pytest.mark.django_db
def test_a_new_choice_counts_for_what_is_already_due(mails: House) -> None:
    tell(role_action=Action.CONCERN_TRIAGE)
    assert mailed() == []
    choose("senco", role=How.ONCE)
    choose("head", role=How.APP)
    assert mailed() == ["senco"]
    mails.later(days=1)
    assert mailed() == ["senco", "phase_senco"]
    with acting_as("senco") as actor, pytest.raises(Invalid):
        choose_mail(actor=actor, **{**USUAL, "digest_hour": 24})


@pytest.mark.worker
@pytest.mark.django_db
def test_the_second_of_two_workers_writes_nothing(mails: House) -> None:
    tell(person=person("ta"))
    with system_scope("two workers"):
        (place,) = spreading.places_with_news()
        assert spreading.spread(place, mails.now, posting.school_days) == 1
        assert spreading.spread(place, mails.now, posting.school_days) == 0
        (who,) = spreading.people_due(mails.now)
        assert [spreading.mail_to(who, mails.now) for _worker in range(2)] == [True, False]


def any_day(_day: date) -> bool:
    return True


def weekday(day: date) -> bool:
    return day.weekday() < 5


HOURS = st.integers(0, 23)
#: over both nights on which the clocks change
FIRST, LAST = (datetime.combine(day, time(0)) for day in (date(2027, 3, 26), date(2027, 11, 2)))
NIGHTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))


@limits(max_examples=60)
@given(NIGHTS, st.builds(Times, HOURS, HOURS, HOURS, st.booleans()))
def test_a_mail_is_never_early_never_quiet_and_never_on_a_free_day(
    now: datetime, times: Times
) -> None:
    for how in (How.ONCE, How.DIGEST):
        due = moment(how, times, now, weekday)
        assert due is not None
        assert now <= due <= now + timedelta(days=4)
        here = london_time(due)
        if times.school_days_only:
            assert weekday(here.date())
        if how is How.DIGEST:
            # 1:00 is not there on one night of spring
            assert here.hour == times.digest_hour or (times.digest_hour, here.hour) == (1, 2)
        elif not all(times.quiet(hour) for hour in range(24)):
            assert not times.quiet(here.hour) or here.hour == 2
    assert moment(How.ONCE, times, now, weekday, urgent=True) == now
    assert moment(How.APP, times, now, any_day) is None
