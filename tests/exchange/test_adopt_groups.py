"""Trusts and federations are adopted with their members; schools move, close and are followed."""

import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from opensenco.access.installation import installation_actor
from opensenco.access.models import Affiliation, Organisation
from opensenco.access.scope import system_scope
from opensenco.exchange import register_queries as queries
from opensenco.exchange.models import Establishment, RegisterGroup
from opensenco.exchange.operations.groups import adopt_group
from opensenco.exchange.operations.settings import adopt_setting
from opensenco.kernel.errors import Invalid, NotPossible
from opensenco.people.operations import places
from tests.cast import NOW, TODAY
from tests.exchange import beside
from tests.exchange.beside import FEDERATION, TRUST
from tests.exchange.registers import EXTRACT, register

pytestmark = [pytest.mark.django_db, pytest.mark.worker]
Y12, Y20 = date(2012, 9, 1), date(2020, 9, 1)
CLOSED = {
    "EstablishmentStatus (code)": "2",
    "EstablishmentStatus (name)": "Closed",
    "CloseDate": "31-08-2026",
}


def run(*words: str) -> dict:
    out = io.StringIO()
    call_command(*words, "--json", stdout=out)
    return json.loads(out.getvalue())


def take(path: Path, **besides: Path) -> dict:
    return run("import", "gias", str(path), *(f"--{n}={p}" for n, p in besides.items()))


@pytest.fixture
def taken(tmp_path):
    groups = beside.groups(
        tmp_path, ("11", "Lark Trust", TRUST, ""), ("12", "Heron Trust", TRUST, ""),
        ("13", "Old Trust", TRUST, "31-08-2019"), ("14", "A sponsor", ("05", "School sponsor"), ""),
        ("77", "Mead Federation", FEDERATION, ""),
    )  # fmt: skip
    members = beside.members(
        tmp_path, ("900001", "11", TRUST, "01-09-2012"), ("900002", "11", TRUST, "01-09-2012"),
        ("900003", "11", TRUST, "01-09-2012"), ("900001", "77", FEDERATION, ""),
    )  # fmt: skip
    take(EXTRACT, groups=groups, members=members)
    return groups


def spans(urn: str) -> list[tuple[str, date, date | None]]:
    rows = Affiliation.objects.filter(member__urn=urn).exclude(of__kind="authority")
    return [(row.of.name, row.starts, row.ends) for row in rows.order_by("starts", "of__name")]


def test_a_trust_is_adopted_with_its_open_schools(taken):
    made = run("adopt", "--group", "11", "--with-members")["adopted"]
    assert [(row["kind"], row["urn"]) for row in made] == [
        ("trust", ""), ("setting", "900001"), ("setting", "900002"),
    ]  # fmt: skip
    assert spans("900001") == [("Lark Trust", Y12, None)]
    run("adopt", "--group", "77")
    # the day of joining is not told: the federation's own first day
    assert spans("900001")[0] == ("Mead Federation", date(2011, 9, 1), None)
    assert Organisation.objects.get(group_uid="11").postcode == "NG1 1AA"
    with pytest.raises(Invalid, match="adopted already"):
        run("adopt", "--group", "11")


def test_a_school_adopted_later_joins_the_trust_that_is_here(taken):
    run("adopt", "--group", "11")
    assert not Affiliation.objects.filter(of__group_uid="11").exists()
    run("adopt", "--urn", "900002", "900001")
    assert spans("900002") == [("Lark Trust", Y12, None)]


def test_a_later_file_moves_a_school_to_another_trust(taken, tmp_path):
    run("adopt", "--group", "11", "--with-members")
    run("adopt", "--group", "12")
    members = beside.members(tmp_path, ("900001", "12", TRUST, "01-09-2020"))
    take(EXTRACT, members=members)
    there = [("Lark Trust", Y12, date(2020, 8, 31)), ("Heron Trust", Y20, None)]
    assert spans("900001") == there
    take(EXTRACT, members=members)
    assert spans("900001") == there


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--group", "13"), "this group has closed"),
        (("--group", "14"), "Only trusts and federations"),
        (("--group", "99"), "no group with the UID 99"),
        (("--urn", "900099"), "no establishment with the URN 900099"),
        (("--urn", "900001", "--with-members"), "goes with --group"),
    ],
)
def test_what_cannot_be_adopted_is_refused_in_a_sentence(taken, words, sentence):
    with pytest.raises((CommandError, NotPossible), match=sentence):
        run("adopt", *words)


def test_of_several_all_or_none_is_adopted(taken):
    with pytest.raises(NotPossible, match="closed on 31 August 2019"):
        run("adopt", "--urn", "900001", "900003")
    assert not Organisation.objects.filter(urn="900001").exists()


def test_a_setting_is_in_one_family_at_a_time_and_may_come_back(taken):
    with system_scope("test"):
        actor = installation_actor(NOW)
        school = adopt_setting(actor=actor, establishment=Establishment.objects.get(urn="900004"))
        one, two = (
            places.add_organisation(actor=actor, kind="group", name=name)
            for name in ("One family", "Another family")
        )
        day = timedelta(days=1)

        def join(of: Organisation, starts: date, ends: date | None = None) -> None:
            with transaction.atomic():
                places.affiliate(actor=actor, member=school, of=of, starts=starts, ends=ends)

        join(one, Y12, Y20)
        with pytest.raises(NotPossible, match="belongs to One family"):
            join(two, Y20)
        join(two, Y20 + day, Y20 + 9 * day)
        join(one, Y20 + 10 * day)
        with pytest.raises(NotPossible, match="belongs to One family"):
            join(one, TODAY)


def test_a_family_that_people_chose_stands_before_the_registers(taken):
    with system_scope("test"):
        actor = installation_actor(NOW)
        school = adopt_setting(actor=actor, establishment=Establishment.objects.get(urn="900001"))
        family = places.add_organisation(actor=actor, kind="group", name="One family")
        places.affiliate(actor=actor, member=school, of=family, starts=Y12)
        adopt_group(actor=actor, group=RegisterGroup.objects.get(uid="77"))
    assert spans("900001") == [("One family", Y12, None)]


def test_a_closed_setting_that_is_here_is_told_with_what_follows_it(taken, tmp_path):
    run("adopt", "--urn", "900001")
    chain = [
        ("900001", "900003", "Successor", ""),
        ("900003", "900002", "Successor - merged", ""),
        ("900002", "900001", "Successor", ""),
        ("900001", "900004", "Predecessor", ""),
    ]
    links = beside.links(tmp_path, *chain)
    facts = take(register(tmp_path, {"900001": CLOSED}), links=links)
    (told,) = facts["closed_here"]
    assert (told["urn"], [one["urn"] for one in told["followed_by"]]) == ("900001", ["900002"])
    school = Establishment.objects.get(urn="900001")
    assert [(str(e.what), e.old, e.new, e.reading) for e in queries.history(school)] == [
        ("Closing day", None, date(2026, 8, 31), 2), ("Closed", "open", "closed", 2),
    ]  # fmt: skip
    take(register(tmp_path))
    school.refresh_from_db()
    assert "Opened again" in [str(event.what) for event in queries.history(school)]
    old = Establishment.objects.get(urn="900003")
    with system_scope("test"), pytest.raises(NotPossible, match=r"following it: .*\(900002\)"):
        adopt_setting(actor=installation_actor(NOW), establishment=old)


def test_a_setting_is_found_by_name_town_postcode_and_numbers(taken):
    asked = {
        "900001": ["900001"],
        "891/9990": ["900001"],
        "8919990": ["900001"],
        "larkmead exampleton": ["900001"],
        "exampleton PRIMARY lark": ["900001"],
        "chateau": ["900002"],
        "se29px": ["105135"],
        "SE2": ["105135"],
        "12345": [],
        "no such school": [],
        "   ": [],
        "%": [],
    }
    given = {words: queries.found(words) for words in asked}
    assert {words: [one.row.urn for one in rows] for words, (rows, _more) in given.items()} == asked
    near, more = queries.found("NG1")
    assert (len(near), more) == (8, False)
    assert near[-1].row.status == "closed"
