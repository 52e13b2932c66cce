"""Nothing is read across by sort, filter, search, export, error or count.

Two proofs, both over every address that is read. What happens next door changes no byte of any
page or list as a file, however it is sorted, filtered and turned over: another school's child gets
a whole record, and a child of another class at Larkrise. And a reference of a row that is not
theirs, put into every part of a query that a page looks for, does what one does that there is
nowhere.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from opensenco.access.installation import installation_actor
from opensenco.access.models import Organisation, Person
from opensenco.access.scope import system_scope
from opensenco.concerns.operations.raising import raise_concern
from opensenco.kernel.clock import FrozenClock
from opensenco.kernel.refs import short
from opensenco.people.models import Group, Pupil
from opensenco.people.operations import groups, pupils
from tests.cast import BY_KEY, LONG_AGO, NOW
from tests.client import DRAWN_ANEW
from tests.contracts.test_forms_tell_nothing import their_row
from tests.contracts.test_routes import ALL, People, at_every, door, fill, model_called
from tests.contracts.test_routes import looked_for as looked_for
from tests.contracts.walk import Named, parts, shared
from tests.support.undone import undone
from tests.world import _with_every_verb
from tests.world_sentinels import make_record

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
READ = [(name, entry) for name, entry in ALL if door(entry).reads]
REGISTER = dict(READ)["register:list"]
#: a query of the same page, as it links them itself: sorts, filters, views, pages, files
QUERIES = re.compile(r'href="([^"?#]*)\?([^"#]+)"')
#: what comes first or last, by whichever column a list is sorted
NAME = "Aaronzebra"
#: who reads, and where a child gets a record meanwhile
NEXT_DOOR = {
    "outside": ("senco", "governor"),
    "larkrise": ("teacher", "ta", "parent", "professional", "shared_senco", "family", "authority"),
}


def adult(place: str) -> str:
    return {"outside": "outside_teacher", "larkrise": "other_teacher"}[place]


def make_a_record_next_door(place: str) -> None:
    """Give a new child of another school, or of class 2P, all that a child can have."""
    with system_scope("making a record next door"):
        keeper = _with_every_verb(installation_actor(NOW))
        org = Organisation.objects.get(name={"outside": "Outside Academy"}.get(place, HERE))
        writer = Person.objects.get(email=BY_KEY[adult(place)].email)
        actor = replace(keeper, person=writer, hat=replace(keeper.hat, orgs=frozenset({org.pk})))
        child = pupils.add_pupil(
            actor=actor, org=org, first_name=NAME, last_name=NAME,
            birth_date=Pupil.objects.filter(org=org).earliest("id").birth_date, year_group=2,
            joined_on=LONG_AGO,
        )  # fmt: skip
        group = Group.objects.get(org=org, name={"outside": "5Markerword"}.get(place, "2P"))
        groups.put_pupil_in_group(actor=actor, group=group, pupil=child, starts=LONG_AGO)
        child = Pupil.objects.select_related("org").get(pk=child.pk)
        raise_concern(
            actor=actor, pupil=child, noticed=NAME, where_when=NAME, tried=NAME, said=NAME
        )
        make_record(actor, child, group)


HERE = "Larkrise Primary School"


def pages(client: Client, entry: URLPattern, name: str) -> Iterator[tuple[str, str]]:
    """Give what stands at an address and at each of its own queries that it links, as text."""
    address = reverse(name, kwargs=fill(entry, "senco"))
    answer = client.get(address)
    yield address, as_text(answer)
    if answer.status_code != 200:
        return
    linked = {
        unescape(query)
        for path, query in QUERIES.findall(as_text(answer))
        if path in ("", address) and "xlsx" not in query
    }
    for query in sorted(linked):
        yield f"{address}?{query}", as_text(client.get(f"{address}?{query}"))


def as_text(answer) -> str:
    kind = answer.headers.get("Content-Type", "")
    text = answer.getvalue().decode() if kind.startswith("text/") else ""
    return f"{answer.status_code} {DRAWN_ANEW.sub(chr(92) + '1_', text)}"


def all_pages(people: People, key: str) -> dict[str, str]:
    """Give every page that somebody can read, and as the teacher those round her own child too."""
    found: dict[str, str] = {}
    for name, entry in shared(READ):
        if entry.pattern.converters and key != "teacher":
            continue
        if door(entry).who.get(key, 200) != 200:
            continue  # refused at the door, with the same page for everybody
        with undone():
            found |= dict(pages(people(key), entry, name))
    return found


@pytest.mark.worker
@pytest.mark.parametrize("place", NEXT_DOOR)
def test_what_happens_next_door_changes_no_page(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.world_sentinels.WORD", NAME)
    # some forms begin with the time of day, which goes on while all pages are read twice
    monkeypatch.setattr(FrozenClock, "now", lambda _clock: NOW)
    readers, sees = NEXT_DOOR[place], {"outside": "outsider", "larkrise": "senco"}[place]
    people = People(*readers, sees)
    before = {key: all_pages(people, key) for key in readers}
    register = dict(pages(people(sees), REGISTER, "register:list"))
    make_a_record_next_door(place)
    for address, text in pages(people(sees), REGISTER, "register:list"):
        assert register.get(address) != text, f"{address}: nothing has happened to be told of"
    faults = []
    for key in readers:
        after = all_pages(people, key)
        for address, text in before[key].items():
            if after.get(address) != text:
                faults.append(f"{key} {address}: {difference(text, after.get(address, ''))}")
    assert not faults, "\n".join(["", *faults])


@pytest.mark.parametrize("doors", parts(READ))
def test_a_query_that_names_what_is_not_theirs_does_what_one_of_nothing_does(
    doors: Sequence[Named], looked_for: set[str]
) -> None:
    """Every part of a query that a page looks for is given another school's references in turn."""
    people = People("senco")
    tried = []

    def check(name: str, entry: URLPattern) -> None:
        address = reverse(name, kwargs=fill(entry, "senco"))
        looked_for.clear()
        people("senco").get(address)
        names = sorted(looked_for - {"file"})
        for theirs, none in values() if names else ():
            told = [
                without(value, as_text(people("senco").get(f"{address}?{query}")))
                for value in (theirs, none)
                for query in [urlencode(dict.fromkeys(names, value))]
            ]
            tried.append(name)
            assert told[0] == told[1], f"{names} of {theirs}: {difference(*told)}"

    at_every(doors, check)
    assert tried, "no page looks for anything, so nothing is proven"


def without(value: str, text: str) -> str:
    """Give a page without what was asked for, and the parts that it may have been read as."""
    text = text.replace(value, "VALUE")
    for part in sorted(re.split("[-_]", value), key=len, reverse=True):
        # a part by itself: four letters of it may stand in the middle of any reference
        if len(part) > 3:
            text = re.sub(rf"(?<![\w-]){re.escape(part)}(?![\w-])", "VALUE", text)
    return text


@cache
def values() -> list[tuple[str, str]]:
    """Give what might be asked for of theirs, each beside what is like it and is nowhere."""
    found = [("Markerword", "Mirkerword"), ("-org__name", "-not__name")]
    for kind, form in (("pupil", short), ("group", short), ("group", str)):
        ref = their_row(model_called(kind))
        assert ref is not None, kind
        found.append((form(ref), like(form(ref))))
    return found


def like(ref: str) -> str:
    """Give a reference that is nowhere, and is taken apart by no reader in another way.

    Its short parts stay: `TA-7PN9-…` may be read as a date, whose error repeats “TA” as its day.
    """
    parts = re.split("([-_])", ref[:-1])
    return "".join(part.translate(NEXT) if len(part) > 3 else part for part in parts) + ref[-1]


#: each digit and letter becomes the next of its kind; those of a number to base 16 stay such
NEXT = str.maketrans("0123456789abcdefABCDEF", "1234567890bcdefaBCDEFA")


def difference(one: str, other: str) -> str:
    pairs = zip(one.splitlines(), other.splitlines(), strict=False)
    return next((f"{a[:150]!r} and {b[:150]!r}" for a, b in pairs if a != b), "longer or shorter")
