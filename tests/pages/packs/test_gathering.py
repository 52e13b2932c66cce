"""An administrator puts a pack together and follows it, and reads none of it."""

from typing import Any

import pytest
from django.urls import reverse

from opensenco.kernel.errors import Invalid
from opensenco.network.models import Prepared
from opensenco.network.operations.gathering import put_together
from tests.cast import TODAY
from tests.client import signed_in
from tests.packs import idris, place
from tests.pages.packs.test_packs import day, latest, of_idris, text_of, to
from tests.people import acting_as
from tests.support.asking import asks
from tests.world_packs import LATER

pytestmark = pytest.mark.django_db
FOLLOWING = "/packs/following/"
CLINICAL = ("He looks away", "SLCN", "Wears glasses", "Needs", "Outcome")


@pytest.mark.requirement("S2-36")
def test_an_administrator_puts_a_pack_together_the_senco_reads_and_sends_it_and_it_is_followed():
    admin, senco, over_there = signed_in("admin"), signed_in("senco"), signed_in("authority")
    pupil, places = of_idris()
    shown = admin.get(reverse("pupils:show", args=[pupil.ref]))
    assert to("gather", pupil) in shown.text
    assert to("gather", pupil) not in senco.get(reverse("pupils:show", args=[pupil.ref])).text
    given = {"purpose": "ehc-request", "to": places["authority"], "until": day(LATER),
             "words": "Our request, with thanks."}  # fmt: skip
    refused = text_of(admin.post(to("gather", pupil), {**given, "to": places["mill"]}))
    assert "Packs for this purpose do not go to organisations of this kind." in refused
    page = admin.post(to("gather", pupil), given, follow=True)
    assert "Waits to be read and sent" in text_of(page)
    row = latest()
    assert (row.parts, row.content) == ([], []), "nothing is copied in their name"
    assert admin.get(to("prepared", row)).status_code == 403
    assert admin.get(to("parts", row)).status_code == 403

    home = senco.get("/")
    assert "Choose the parts of a pack that was put together" in text_of(home)
    look = senco.get(to("prepared", row))
    assert "The copy is made when you choose the parts." in text_of(look)
    assert "Send to" not in text_of(look)
    empty = senco.post(to("prepared", row), {"version": row.version})
    assert "Nothing has been copied yet." in text_of(empty)
    parts = senco.get(to("parts", row)).text
    assert parts.count("checked") >= 5, "the usual parts of the purpose are ticked"
    senco.post(to("parts", row), {"version": row.version, "parts": ["about", "needs", "plans"]})
    sent = senco.post(to("prepared", row), {"version": latest().version}, follow=True)
    assert "Nobody has opened it yet." in text_of(sent)

    told = text_of(admin.get("/"))
    assert "The pack for Thornshire County Council was sent." in told
    assert "Thornshire County Council. Sent, not opened yet" in told
    over_there.get(to("received", latest().pack))
    with asks(7):
        followed = admin.get(f"{FOLLOWING}?view=all")
    stands = text_of(followed)
    assert "Opened" in stands
    assert not [word for word in CLINICAL if word in stands]
    assert "Opened" in admin.get(f"{FOLLOWING}?view=all&file=csv").text
    assert "Hassan" not in text_of(admin.get(f"{FOLLOWING}?view=unopened&sort=-pupil"))
    assert "Sent, not opened yet" not in text_of(admin.get("/"))
    for who in ("senco", "teacher", "parent"):
        assert signed_in(who).get(FOLLOWING).status_code == 403


def test_whoever_put_it_together_is_told_that_it_was_given_up_and_a_day_that_is_over_is_refused():
    with acting_as("admin") as actor:
        rest: dict[str, Any] = {
            "actor": actor,
            "pupil": idris(),
            "to": place("authority"),
            "purpose": "advice",
        }
        with pytest.raises(Invalid):
            put_together(**rest, until=TODAY.replace(day=1))
        row = put_together(**rest, until=LATER)
    signed_in("senco").post(to("give_up", row), {"version": row.version})
    assert "was given up: nothing was sent." in text_of(signed_in("admin").get("/"))
    with acting_as("admin", write=False):
        assert not Prepared.objects.filter(pk=row.pk, stage="prepared").exists()
