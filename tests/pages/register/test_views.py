"""What is chosen on the register is kept by a name: own or shared, renamed, opened with."""

import pytest

from opensenco.kernel.refs import short
from opensenco.support.models import SavedView
from tests.client import signed_in
from tests.people import acting_as
from tests.support.asking import asks

pytestmark = pytest.mark.django_db
ADDRESS = "/register/"


def kept(name: str) -> SavedView:
    with acting_as("senco", write=False):
        return SavedView.objects.get(name=name, ended_on__isnull=True)


@pytest.mark.requirement("S1-13", "S2-17")
def test_what_is_chosen_is_kept_by_a_name_and_stands_above_the_register():
    senco = signed_in("senco")
    page = senco.get(f"{ADDRESS}?status=K&mark=gap&sort=-name&page=2").text
    save = "/register/views/save/?status=K&amp;mark=gap&amp;sort=-name"
    assert f'href="{save}"' in page
    address = save.replace("&amp;", "&")
    assert "It chooses: K; Gap." in senco.get(address).text
    refused = senco.post(address, {"name": "Speech and language"}).text
    assert "You have a view of this name already." in refused
    done = senco.post(address, {"name": "To mend", "shared": "on"}, follow=True).text
    assert "The view is kept." in done
    assert 'aria-current="true">To mend' in done
    assert kept("To mend").query == "status=K&mark=gap&sort=-name"


def test_a_colleague_has_what_is_shared_and_cannot_change_it():
    senco, head = signed_in("senco"), signed_in("head")
    senco.post("/register/views/save/?mark=gap", {"name": "To mend", "shared": "on"})
    page = head.get("/register/views/").text
    assert "To mend" in page
    assert "Amara Okafor" in page
    assert "Speech and language" not in page
    where = f"/register/views/{short(kept('To mend').ref)}/"
    assert head.get(where).status_code == 403
    assert head.post(f"{where}remove/").status_code == 403
    assert head.get(f"/register/views/{short(kept('Speech and language').ref)}/").status_code == 403


def test_the_register_opens_with_the_default_and_everybody_is_one_click_away():
    senco = signed_in("senco")
    where = f"/register/views/{short(kept('Speech and language').ref)}/"
    given = {"name": "Speech", "is_default": "on", "version": "1"}
    assert "Your register opens with it".lower() in senco.post(where, given, follow=True).text
    opened = senco.get(ADDRESS)
    assert opened.headers["Location"] == "/register/?need=SLCN"
    page = senco.get("/register/?need=SLCN").text
    assert 'href="/register/?view=all"' in page
    assert senco.get("/register/?view=all").status_code == 200
    senco.post("/register/views/save/?status=E", {"name": "Plans", "is_default": "on"})
    assert senco.get(ADDRESS).headers["Location"] == "/register/?status=E"
    assert not kept("Speech").is_default
    senco.post(f"/register/views/{short(kept('Plans').ref)}/remove/")
    assert senco.get(ADDRESS).status_code == 200


def test_two_windows_do_not_overwrite_each_other():
    senco = signed_in("senco")
    where = f"/register/views/{short(kept('Speech and language').ref)}/"
    senco.post(where, {"name": "Speech", "version": "1"})
    second = senco.post(where, {"name": "Language", "version": "1"}).text
    assert "Speech" in second
    assert kept("Speech").version == 2


def test_nothing_chosen_is_nothing_to_keep():
    senco = signed_in("senco")
    assert "Nothing is chosen yet." in senco.get("/register/views/save/").text
    senco.post("/register/views/save/", {"name": "Nothing"})
    assert "Nothing</b>" not in senco.get("/register/views/").text


def test_views_are_one_question_more_however_many():
    senco = signed_in("senco")
    senco.get(f"{ADDRESS}?view=all")
    with asks(16):
        senco.get(f"{ADDRESS}?view=all")
    for number in range(3):
        senco.post("/register/views/save/?mark=due", {"name": f"View {number}"}, follow=True)
    with asks(16):
        senco.get(f"{ADDRESS}?view=all")
