"""Two records of one child on their pages: proposed, side by side, one, parted, told apart."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from opensenco.cases.joining.queries import parts_of
from opensenco.concerns.operations.raising import raise_concern
from opensenco.exchange import queries as imports
from opensenco.exchange.models import Trace
from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.operations.undoing import undo_import
from opensenco.exchange.states import Match, State
from opensenco.gate.drafts import save
from opensenco.kernel.refs import short
from opensenco.people import queries
from opensenco.people.models import Group, GroupPupil, Joining, Pupil
from opensenco.people.operations import groups, identity, pupils
from tests.cast import LONG_AGO, TODAY, YESTERDAY
from tests.client import signed_in
from tests.exchange.lists import GRACE, changed, line, staged
from tests.pages.concerns.walking import text_of
from tests.people import acting_as
from tests.support.forms import forms_on

pytestmark = pytest.mark.django_db

WHY = "Her mother has shown us both birth certificates."


def grace() -> Pupil:
    return Pupil.objects.select_related("org").get(last_name="Atherton", same_as=None)


def twice(upn: str = "Q89199902400A") -> Pupil:
    """Add Grace a second time, in the class of Poppy."""
    with acting_as("senco") as actor:
        row = pupils.add_pupil(
            actor=actor, org=queries.place(actor), first_name="Grace", last_name="Atherton",
            birth_date=date(2018, 9, 12), upn=upn,
        )  # fmt: skip
        group = Group.objects.get(name="2P")
        groups.put_pupil_in_group(actor=actor, group=group, pupil=row, starts=LONG_AGO)
        raise_concern(actor=actor, pupil=row, noticed="She hides under the table.")
    return row


def first_of(row: Pupil) -> Pupil:
    with acting_as("senco", write=False):
        return Pupil.objects.filter(last_name="Atherton").exclude(pk=row.pk).get()


def post(client: Any, address: str, **values: Any) -> Any:
    form = forms_on(client.get(address).content.decode())[-1]
    return client.post(address, {**form.sent(lambda _field: None), **values}, follow=True)


def both(row: Pupil, other: Pupil, name: str = "one") -> str:
    return f"{reverse(f'mending:{name}', args=[row.ref])}?with={short(other.ref)}"


def test_two_records_are_found_laid_side_by_side_made_one_and_parted():
    other = twice()
    one, client = first_of(other), signed_in("senco")
    start = text_of(client.get(reverse("mending:start")))
    assert "The same name and date of birth" in start
    page = text_of(client.get(both(one, other)))
    assert "Q89199902400A" in page
    assert "4R since" in page
    unanswered = text_of(post(client, both(one, other), reason=WHY))
    assert "Choose one of the two: Class." in unanswered
    done = text_of(post(client, both(one, other), reason=WHY, **{"class": "second"}))
    assert "The two records are one now." in done
    assert "2P" in done
    assert "Two records of this pupil were made one" in done
    with acting_as("senco", write=False):
        assert grace().upn == "Q89199902400A"
        joining = Joining.objects.get(parted_at=None)
    # an address of the record that was set aside leads to the one
    assert "Atherton" in text_of(client.get(reverse("pupils:show", args=[other.ref])))
    assert "Grace Atherton" in text_of(client.get(reverse("mending:start")))
    address = reverse("mending:part", args=[joining.ref])
    assert "Part two records again" in text_of(client.get(address))
    again = text_of(post(client, address, reason="They are cousins of one name."))
    assert "These are two records again." in again
    assert "The same name and date of birth" in again
    with acting_as("senco", write=False):
        assert [row.upn for row in Pupil.objects.filter(last_name="Atherton").order_by("id")] == [
            "", "Q89199902400A"
        ]  # fmt: skip
        now = GroupPupil.objects.filter(pupil=other, ends=None).get()
        assert (now.group.name, now.withdrawn) == ("2P", False)


def test_the_second_of_two_tabs_is_told_and_nothing_happens_twice():
    other = twice()
    one, tabs = first_of(other), [signed_in("senco"), signed_in("head")]
    sent = [
        {**forms_on(tab.get(both(one, other)).content.decode())[-1].sent(lambda _f: None),
         "reason": WHY, "class": "first"} for tab in tabs
    ]  # fmt: skip
    assert tabs[0].post(both(one, other), sent[0]).status_code == 302
    late = tabs[1].post(both(one, other), sent[1], follow=True)
    assert "Find the other record of this pupil" in text_of(late)
    with acting_as("senco", write=False):
        assert Joining.objects.filter(parted_at=None).count() == 1


def test_a_file_that_waits_stops_when_two_records_were_made_one():
    other = twice("T891999922005")
    one = first_of(other)
    with acting_as("admin") as actor:
        file = staged(actor, changed(GRACE, upn="T891999922005", year="5", sex=""))
        assert line(file, 2).pupil == other
    post(signed_in("senco"), both(one, other), reason=WHY, **{"class": "first"})
    with acting_as("admin") as actor:
        stopped = apply_import(actor=actor, file_import=file, version=None)
        assert stopped.state == State.READ
        assert line(file, 2).pupil == one
        assert grace().year_group == 4
        assert apply_import(actor=actor, file_import=stopped, version=None).state == State.APPLIED
        assert grace().year_group == 5


def test_a_file_that_changed_the_set_aside_record_is_taken_back_but_for_that():
    other = twice("T891999922005")
    one = first_of(other)
    with acting_as("senco") as actor:
        file = staged(actor, changed(GRACE, upn="T891999922005", year="5", sex=""))
        file = apply_import(actor=actor, file_import=file, version=None)
    post(signed_in("senco"), both(one, other), reason=WHY, year_group="first", **{"class": "first"})
    with acting_as("senco") as actor:
        assert Joining.objects.filter(parted_at=None).exists()
        undone = undo_import(actor=actor, file_import=file, version=None)
        assert undone.state == State.UNDONE
        kept = Trace.objects.get(file=file, thing="people.Pupil")
        assert kept.fate == "kept"
        assert "changed" in " ".join(str(why) for why in kept.why)


def test_an_old_file_shows_todays_name_to_whoever_may_not_see_the_old():
    with acting_as("senco") as actor:
        file = staged(actor, changed(GRACE, year="5", sex=""))
        file = apply_import(actor=actor, file_import=file, version=None)
        identity.change_name(
            actor=actor, pupil=grace(), version=None, first_name="Gaia", last_name="Fairlight",
            why="adoption",
        )  # fmt: skip
    for who, name in (("senco", "Atherton"), ("admin", "Fairlight")):
        with acting_as(who, write=False) as actor:
            (row,) = imports.rows(actor, file, Match.CHANGED, 0, 10)
            assert row.values["last_name"] == name, who


def test_words_begun_about_the_set_aside_record_are_found_in_the_one():
    other = twice()
    one = first_of(other)
    with acting_as("teacher") as actor:
        save(actor, "concern", other.ref, {"noticed": ["She counts on her fingers."]})
    post(signed_in("senco"), both(one, other), reason=WHY, **{"class": "first"})
    page = signed_in("teacher").get(reverse("concerns:new", args=[other.ref]))
    assert "She counts on her fingers." in page.content.decode()


def test_two_children_are_remembered_with_who_said_it_and_why():
    other = twice()
    one, client = first_of(other), signed_in("head")
    start = text_of(post(client, both(one, other, "apart"), reason="Cousins, born on one day."))
    assert "Remembered." in start
    assert "Cousins, born on one day." in start
    assert "David Whitcombe" in start
    assert "The same name and date of birth" not in start


def test_any_other_record_is_looked_for_without_a_name_in_the_address():
    with acting_as("senco", write=False):
        one = grace()
    client = signed_in("senco")
    answer = client.post(reverse("mending:choose", args=[one.ref]), {"q": "wren"})
    assert "wren" not in answer.headers["Location"]
    assert "Wren, Poppy" in text_of(client.get(answer.headers["Location"]))


def test_a_pupil_who_never_left_is_put_back_on_the_roll_and_into_their_class():
    with acting_as("senco") as actor:
        row = grace()
        place = GroupPupil.objects.get(pupil=row, ends=None)
        groups.end_pupil_in_group(actor=actor, group_pupil=place, version=None, on=TODAY)
        pupils.change_pupil(actor=actor, pupil=row, version=None, left_on=TODAY)
    client = signed_in("admin")
    ways = client.get(reverse("mending:wrong", args=[row.ref])).content.decode()
    assert reverse("school:roll", args=[row.ref]) in ways
    shown = client.get(reverse("school:roll", args=[row.ref])).content.decode()
    assert reverse("school:stay_on_roll", args=[row.ref]) in shown
    post(client, reverse("school:stay_on_roll", args=[row.ref]))
    with acting_as("senco", write=False):
        assert grace().left_on is None
        place.refresh_from_db()
        assert place.ends is None
        assert grace().history.filter(left_on=TODAY).exists()


def test_a_wrong_first_day_is_corrected_with_a_reason_and_not_past_the_last():
    with acting_as("senco") as actor:
        row = grace()
        pupils.change_pupil(actor=actor, pupil=row, version=None, left_on=YESTERDAY)
    client = signed_in("admin")
    address = reverse("mending:first_day", args=[row.ref])

    def sent(on, reason):
        day = {"joined_on-day": on.day, "joined_on-month": on.month, "joined_on-year": on.year}
        return text_of(post(client, address, reason=reason, **day))

    assert "Say in a few words" in sent(YESTERDAY, "No")
    assert "must be the last day or before" in sent(TODAY, "It was typed wrongly.")
    assert "The first day has been corrected." in sent(YESTERDAY, "It was typed wrongly.")
    assert "It was typed wrongly." in text_of(client.get(reverse("pupils:show", args=[row.ref])))
    with acting_as("senco", write=False):
        assert grace().joined_on == YESTERDAY


def test_a_place_in_a_wrong_class_was_never_one_and_the_class_before_goes_on():
    with acting_as("senco") as actor:
        row, wrong = grace(), Group.objects.get(name="2P")
        before = GroupPupil.objects.get(pupil=row, ends=None)
        groups.put_pupil_in_group(actor=actor, group=wrong, pupil=row, starts=YESTERDAY)
        place = GroupPupil.objects.get(pupil=row, group=wrong)
    address = reverse("mending:never", args=[place.ref])
    page = text_of(post(signed_in("admin"), address, reason="It was Grace Wren."))
    assert "No day has this place any more" in page
    with acting_as("other_teacher", write=False) as actor:
        assert not any(one.pk == row.pk for one in queries.pupils_taught(actor))
    with acting_as("senco", write=False):
        before.refresh_from_db()
        assert before.ends is None


def test_a_pupil_of_another_part_is_moved_and_the_colleague_of_that_part_sees_them():
    with acting_as("senco", write=False):
        row = grace()
        lower = next(one for one in parts_of(row) if one.name == "Lower school")
    client = signed_in("phase_senco")
    address = reverse("mending:part_of_school", args=[row.ref])
    post(client, address, part=str(lower.ref), reason="She is in the lower school.")
    assert client.get(reverse("pupils:show", args=[row.ref])).status_code == 403


def test_a_pupil_added_in_error_is_taken_off_and_put_back_and_one_with_work_is_not():
    with acting_as("senco") as actor:
        row = pupils.add_pupil(
            actor=actor, org=queries.place(actor), first_name="Ada", last_name="Fen",
            birth_date=date(2019, 1, 1),
        )  # fmt: skip
        worked = Pupil.objects.get(first_name="Idris")
    client = signed_in("senco")
    page = text_of(post(client, reverse("mending:in_error", args=[row.ref]),
                        reason="She is at Weir School."))  # fmt: skip
    assert "Fen, Ada" in page
    assert client.get(reverse("pupils:show", args=[row.ref])).status_code == 403
    back = post(client, reverse("mending:aside"), pupil=str(row.ref), reason="She is ours.")
    assert "The pupil is on the record again." in text_of(back)
    refused = post(client, reverse("mending:in_error", args=[worked.ref]), reason="A slip of mine.")
    assert "Concerns, support or provision stand in this record." in text_of(refused)
