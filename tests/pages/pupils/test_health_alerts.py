"""A health alert is changed or taken back; whoever had read the page is asked to read it again."""

import pytest
from django.urls import reverse

from opensenco.people.models import HealthAlert
from tests.client import signed_in
from tests.domain.support.steps import pupil
from tests.people import acting_as

pytestmark = pytest.mark.django_db
ASKED = "Changed since you read it"


def alert() -> HealthAlert:
    with acting_as("senco", write=False):
        return HealthAlert.objects.select_related("pupil").get(
            pupil=pupil("Idris"), in_error_at__isnull=True
        )


@pytest.mark.requirement("S2-02")
def test_a_changed_alert_is_read_again_by_everybody_who_had_read_the_page():
    row = alert()
    page = reverse("plans:profile", args=[row.pupil.ref])
    there = reverse("pupils:change_health", args=[row.ref])
    teacher, senco = signed_in("teacher"), signed_in("senco")
    says = {"seen": teacher.get(page).text.split('name="seen" value="')[1].split('"')[0]}
    teacher.post(reverse("plans:say_read", args=[row.pupil.ref]), says)
    assert "You have read this as it stands" in teacher.get(page).text
    assert there in senco.get(page).text
    assert there not in teacher.get(page).text
    words = {"alert": row.alert, "what_to_do": "Ring 999 first.", "version": str(row.version)}
    assert senco.post(there, words).status_code == 302
    told = teacher.get(page).text
    assert ASKED in told
    assert "Ring 999 first." in told.split(ASKED)[1].split("No longer")[0]
    assert "has not read it since it changed" in senco.get(page).text.lower()
    # what was read before is not what is read now, and saying so is enough
    teacher.post(reverse("plans:say_read", args=[row.pupil.ref]), says)
    assert ASKED in teacher.get(page).text
    says = {"seen": told.split('name="seen" value="')[1].split('"')[0]}
    teacher.post(reverse("plans:say_read", args=[row.pupil.ref]), says)
    assert ASKED not in teacher.get(page).text
    stale = {**words, "what_to_do": "Nothing."}
    assert senco.post(there, stale).status_code == 200, "somebody changed it in between"


def test_an_alert_made_in_error_is_gone_and_read_again():
    row = alert()
    senco, show = signed_in("senco"), reverse("pupils:show", args=[row.pupil.ref])
    wrong = reverse("pupils:health_in_error", args=[row.ref])
    assert wrong in senco.get(reverse("pupils:change_health", args=[row.ref])).text
    senco.post(wrong, {"reason": "Of another child.", "version": str(row.version)})
    assert row.alert not in senco.get(show).text
    with acting_as("senco", write=False):
        assert HealthAlert.objects.get(pk=row.pk).in_error
