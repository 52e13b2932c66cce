"""What a family and a visiting professional read beside a plan: what was agreed, and no more."""

import pytest
from django.urls import reverse

from opensenco.support import queries
from opensenco.support.models import Adjustment, HomeAction
from opensenco.support.operations import beside, plans
from opensenco.support.operations.reviews import start_next_cycle
from tests.client import signed_in
from tests.domain.network.test_beside_plans import carded, noted
from tests.domain.support.steps import IN_A_TERM, outcome, pupil, there
from tests.pages.concerns.walking import text_of
from tests.people import acting_as

pytestmark = pytest.mark.django_db
GUESTS = ("parent", "professional")
#: words for staff: each has its page, and none of them opens for a guest
STAFF = (
    "plans:beside", "plans:status", "plans:ratings", "ehc:card", "followed:diagnoses",
    "observing:pupil", "followed:pupil", "pupils:as_of", "packs:paper_new",
)  # fmt: skip


@pytest.mark.requirement("S4-20")
def test_adjustments_and_home_are_read_once_they_were_agreed_and_what_is_for_staff_never():
    with acting_as("senco") as actor:
        idris = pupil("Idris")
        noted(actor, idris)
        carded(actor, idris)
        cycle = there(queries.current_plan(actor, idris)).cycle
        following = start_next_cycle(actor=actor, cycle=cycle)
    address = reverse("plans:plan", args=[cycle.ref])
    for key in GUESTS:
        assert "She sits by the door." not in text_of(signed_in(key).get(address)), "not agreed yet"
    with acting_as("senco") as actor:
        wording = plans.PlanWords(found="Speaks when it is quiet.", outcomes=(outcome(),))
        plans.agree_plan(
            actor=actor,
            cycle=following,
            review_on=IN_A_TERM,
            agreed_with="His mother",
            words=wording,
        )
        later = beside.add_adjustment(
            actor=actor, pupil=idris, barrier="Fire bell", words="Told the day before."
        )
        assert not Adjustment.objects.get(pk=later.pk).shared
        assert all(one.shared for one in HomeAction.objects.filter(pupil=idris, ended_on=None))
    address = reverse("plans:plan", args=[following.ref])
    for key in GUESTS:
        page = text_of(signed_in(key).get(address))
        for words in ("The hall is loud", "She sits by the door.", "It helps a little",
                      "Reads ten minutes", "She asks for it now."):  # fmt: skip
            assert words in page, (key, words)
        for words in ("Told the day before.", "Hears less on the left.", "Hearing clinic",
                      "Hearing loss", "Looks left.", "Add or change", "After lunch."):  # fmt: skip
            assert words not in page, (key, words)
        for name in STAFF:
            answer = signed_in(key).get(reverse(name, args=[idris.ref]))
            assert answer.status_code in (403, 404), (key, name)
    with acting_as("senco") as actor:
        row = Adjustment.objects.get(pupil=idris, barrier="The hall is loud")
        beside.mark_beside_in_error(actor=actor, row=row, reason="Of another child.")
    for key in GUESTS:
        assert "She sits by the door." not in text_of(signed_in(key).get(address)), key
