"""The wire under the tests trips over what the managers did not see, and over nothing else."""

import pytest
from django.db import connection, models

from opensenco.access.scope import system_scope
from opensenco.cases.models import Task
from opensenco.gate.models import Draft
from opensenco.people.models import Contact, Pupil
from tests.people import acting_as
from tests.support import tripwire
from tests.support.tripwire import Unwalled, unwalled

PAST_THE_MANAGERS = {
    "everything": 'SELECT "people_pupil"."id" FROM "people_pupil"',
    "by name": 'SELECT "id" FROM "people_pupil" WHERE "people_pupil"."first_name" = %s',
    "the organisation told and not asked": 'SELECT "org_id" FROM "people_pupil" WHERE "id" = %s',
    "joined": 'SELECT 1 FROM "access_organisation" INNER JOIN "people_pupil" ON '
    '("access_organisation"."id" = "people_pupil"."org_id") WHERE "access_organisation"."id" > %s',
    "inside another question": 'SELECT 1 FROM "people_contact" WHERE ("people_contact"."org_id" '
    '= %s AND "pupil_id" IN (SELECT U0."id" FROM "people_pupil" U0))',
    "counted": 'SELECT COUNT(*) FROM (SELECT "people_pupil"."id" FROM "people_pupil") subquery',
    "changed": 'UPDATE "people_pupil" SET "org_id" = %s',
    "removed": 'DELETE FROM "gate_draft"',
    "a word that looks like it": 'SELECT 1 FROM "people_pupil" WHERE "x" = \'"org_id" = 1\'',
}


@pytest.mark.parametrize("statement", PAST_THE_MANAGERS.values(), ids=PAST_THE_MANAGERS.keys())
def test_a_question_that_does_not_say_whose_is_found(statement: str) -> None:
    assert unwalled(statement)


@pytest.mark.django_db
def test_what_managers_ask_passes(django_assert_max_num_queries) -> None:
    with acting_as("senco", write=False) as actor, django_assert_max_num_queries(9) as asked:
        list(Contact.objects.select_related("pupil", "org"))
        list(Contact.objects.filter(pupil__in=Pupil.objects.filter(first_name="Idris")))
        list(Draft.objects.filter(person=actor.person))
        list(Pupil.history.all()[:3])
        Task.objects.aggregate(models.Count("id"))
        Pupil.objects.filter(
            models.Exists(Contact.objects.filter(pupil=models.OuterRef("pk")))
        ).count()
        Pupil.objects.order_by("id")[0].refresh_from_db()
    statements = [entry["sql"] for entry in asked.captured_queries]
    assert len(statements) > 6
    assert not [s for s in statements if unwalled(s)]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL has its own wall")
def test_going_past_the_managers_stops_a_test() -> None:
    assert tripwire.trip in connection.execute_wrappers
    with acting_as("senco", write=False), connection.cursor() as cursor:
        with pytest.raises(Unwalled):
            list(models.QuerySet(Pupil))
        with pytest.raises(Unwalled):
            list(Pupil.objects.raw('SELECT * FROM "people_pupil"'))
        with pytest.raises(Unwalled):
            cursor.execute('SELECT * FROM "people_pupil"')
    with system_scope("the whole record is open on purpose", write=False):
        assert Pupil.objects.count() > 3
