"""Letters in confidence stay with their sender and who co-ordinates; schools do not mix."""

import pytest
from django.urls import reverse

from opensenco.access.models import Organisation
from opensenco.cases.contact_log import Said
from opensenco.cases.operations.contact_log import contact_in_error, log_contact
from opensenco.cases.queries import timeline
from opensenco.kernel.errors import NotPossible
from opensenco.letters import queries
from opensenco.letters.models import Mailing, MailingLetter
from opensenco.letters.operations import mailings, templates
from opensenco.letters.operations.sending import send_mailing
from opensenco.letters.starter import starters
from opensenco.notices.models import Notice
from opensenco.people.models import Pupil
from opensenco.people.operations import pupils as people
from tests.cast import TODAY
from tests.client import signed_in
from tests.people import acting_as


def sent(*, confidential: bool) -> tuple[Mailing, MailingLetter]:
    with acting_as("senco") as actor:
        pupil = Pupil.objects.select_related("org").get(first_name="Idris")
        wording = queries.of_starter(starters()["sen-support-starts"])
        row = mailings.begin_mailing(actor=actor, pupils=[pupil], wording=wording)
        letter = MailingLetter.objects.get(mailing=row)
        send_mailing(
            actor=actor, mailing=row, how="hand", on=TODAY, confidential=confidential,
            version=row.version,
        )  # fmt: skip
        return row, letter


def opened(key: str, row: Mailing, letter: MailingLetter) -> set[int]:
    client = signed_in(key)
    pages = [("words", row), ("mailing", row), ("papers", row), ("one", letter), ("paper", letter)]
    return {
        client.get(reverse(f"letters:{name}", args=[one.ref])).status_code for name, one in pages
    }


@pytest.mark.django_db
def test_a_letter_sent_in_confidence_is_read_where_it_was_written_by_who_co_ordinates_alone():
    openly, secret = sent(confidential=False), sent(confidential=True)
    assert opened("admin", *openly) == {200}
    assert opened("head", *secret) == {200}
    assert opened("admin", *secret) == {403}, "its words stand in what it was sent from as well"


@pytest.mark.django_db
def test_who_writes_for_several_schools_writes_each_letter_in_the_name_of_its_own():
    with acting_as("shared_senco") as actor:
        mill, weir = (Organisation.objects.get(pk=pk) for pk in sorted(actor.hat.orgs))
        ours, theirs = (
            people.add_pupil(
                actor=actor,
                org=org,
                first_name="Ada",
                last_name="Marsh",
                birth_date=TODAY.replace(year=2018),
                year_group=4,
            )
            for org in (mill, weir)
        )
        for pupil in (ours, theirs):
            people.add_contact(actor=actor, pupil=pupil, name="Eve Marsh", relation="Mother")
        words = templates.Words("Hello", "Hello", "Dear {contact_name}\n\nRing {setting_phone}")
        own = templates.add_template(actor=actor, org=mill, words=words)
        row = mailings.begin_mailing(actor=actor, pupils=[ours], wording=queries.of_template(own))
        given = {"setting_phone": "01632 960 100"}
        mailings.fill_in(actor=actor, mailing=row, form="standard", given=given, version=None)
        send_mailing(actor=actor, mailing=row, how="hand", on=TODAY, version=None)
        shipped = queries.of_starter(starters()["sen-support-starts"])
        other = mailings.begin_mailing(actor=actor, pupils=[theirs], wording=shipped)
        assert other.given == {}, "the phone of another school is not this one's"
        with pytest.raises(NotPossible, match="another school"):
            mailings.begin_mailing(actor=actor, pupils=[theirs], wording=queries.of_template(own))


@pytest.mark.django_db
def test_a_contact_in_confidence_recorded_in_error_stays_in_confidence():
    with acting_as("senco") as actor:
        pupil = Pupil.objects.select_related("org").get(first_name="Idris")
        said = Said(words="She rang of the police.", on=TODAY, with_whom="Gran", confidential=True)
        row = log_contact(actor=actor, pupil=pupil, said=said)
        contact_in_error(actor=actor, logged=row, reason="Another child.", version=row.version)
        assert any("in error" in one.words for one in timeline(pupil, actor))
    with acting_as("teacher", write=False) as actor:
        assert not any("in error" in one.words for one in timeline(pupil, actor))


@pytest.mark.django_db
def test_co_ordinators_are_told_of_a_barred_contact_by_whoever_may_not_know_that_they_are():
    with acting_as("senco") as actor:
        pupil = Pupil.objects.select_related("org").get(first_name="Idris")
        people.add_contact(
            actor=actor, pupil=pupil, name="Carl Hassan", relation="Uncle", barred=True
        )
    with acting_as("ta") as actor:
        said = Said(words="At the gate.", on=TODAY, how="gate", with_whom="carl hassan")
        row = log_contact(actor=actor, pupil=pupil, said=said)
    with acting_as("senco", write=False):
        assert Notice.objects.filter(source_ref=row.ref, role_action="plan.write").count() == 1
