"""What the database refuses by itself: every attack in plain SQL, as the web server's login.

Whoever runs these has got past the pages and the managers; the walls alone stand.
"""
# ruff: noqa: S608 (the statements are attacks, put together from names of this file)

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from opensenco.access import postgres
from opensenco.network.models import Pack, Prepared
from opensenco.network.operations.receiving import answer_pack, open_pack
from opensenco.network.operations.sending import withdraw_pack
from opensenco.people.models import Pupil
from tests.packs import place, sent_by_senco
from tests.people import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

MAKE = (
    "INSERT INTO network_pack (ref, org_id, from_org_id, purpose, blind, about, words, content, "
    "facts, by_name, by_role, at, sent_on, until) VALUES "
    "(%s, %s, %s, 'advice', false, 'X', '', '[]', '{}', '', '', now(), '2020-01-01', %s) "
    "RETURNING id"
)
REVOKE = "UPDATE network_pack SET revoked_at = now() WHERE id = %s"
RECEIPT = (
    "INSERT INTO network_receipt (ref, org_id, from_org_id, pack_id, person_id, by_name, by_role, "
    "at) VALUES (%s, %s, %s, %s, %s, 'Forged', '', now())"
)


def ask(sql: str, *values: Any) -> list[tuple]:
    """Run one statement; what it gives, or how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else [(cursor.rowcount,)]


@contextmanager
def refused(*said: str) -> Iterator[None]:
    """The statement is refused by the database, for one of these reasons."""
    why = "the database let it through"
    try:
        with transaction.atomic():
            yield
            connection.check_constraints()
    except DatabaseError as error:
        why = str(error)
    assert any(words in why for words in said), why


def orgs_of(pack: Pack) -> tuple[int, int]:
    return pack.from_org_id, pack.org_id


def test_a_third_party_reads_nothing_and_writes_nothing():
    pack = sent_by_senco()
    sender, receiver = orgs_of(pack)
    with acting_as("authority") as actor:
        open_pack(actor=actor, pack=pack)
        answer_pack(actor=actor, pack=pack, kind="advice", words="Ours")
    for key in ("outsider", "district", "shared_senco"):
        with acting_as(key) as actor:
            for table in ("network_pack", "network_receipt", "network_reply", "network_prepared",
                          "network_historicalprepared"):  # fmt: skip
                mine = sorted(actor.hat.orgs)
                seen = ask(f"SELECT count(*) FROM {table} WHERE org_id = %s", receiver)
                seen += ask(f"SELECT count(*) FROM {table} WHERE org_id = %s", sender)
                assert seen == [(0,), (0,)] or sender in mine, f"{table} as {key}"
            assert ask(REVOKE, pack.pk) == [(0,)]
            with refused("row-level security"):
                ask(MAKE, uuid.uuid4(), receiver, sender, "2099-01-01")
            with refused("violates foreign key"):
                ask(RECEIPT, uuid.uuid4(), sender, min(actor.hat.orgs), pack.pk, actor.person.pk)


def test_the_receiver_reads_no_word_after_withdrawal_or_the_last_day():
    pack = sent_by_senco()
    sender, receiver = orgs_of(pack)
    count = "SELECT count(*) FROM network_pack WHERE id = %s"
    with acting_as("senco"):
        # what was over before today by the database's own clock, whatever the pages think
        ((over,),) = ask(MAKE, uuid.uuid4(), receiver, sender, "2020-02-01")
    with acting_as("authority"):
        assert ask(count, pack.pk) == [(1,)]
        assert ask(count, over) == [(0,)]
    with acting_as("senco") as actor:
        assert ask(count, over) == [(1,)]
        prepared = Prepared.objects.select_related("pupil", "to").get(pack=pack.pk)
        withdraw_pack(actor=actor, prepared=prepared, version=None, reason="Wrong place")
    with acting_as("authority"):
        assert ask(count, pack.pk) == [(0,)]
        # not by a lock, a join or a count either
        assert ask("SELECT id FROM network_pack WHERE id = %s FOR UPDATE", pack.pk) == []
        assert ask(
            "SELECT count(*) FROM network_pack p JOIN access_organisation o "
            "ON o.id = p.from_org_id WHERE p.id = %s", pack.pk,
        ) == [(0,)]  # fmt: skip


def test_the_receiver_changes_nothing():
    pack = sent_by_senco()
    sender, receiver = orgs_of(pack)
    with acting_as("authority"):
        for column, value in (
            ("content", "'[]'"), ("facts", "'{}'"),
            ("until", "'2099-01-01'"), ("org_id", str(sender)),
            ("from_org_id", str(receiver)), ("about", "'Y'"), ("id", "99999"),
        ):  # fmt: skip
            with refused("permission denied"):
                ask(f"UPDATE network_pack SET {column} = {value} WHERE id = %s", pack.pk)
        # the one column that its role may write is not its to write
        assert ask(REVOKE, pack.pk) == [(0,)]
        with refused("permission denied"):
            ask("DELETE FROM network_pack WHERE id = %s", pack.pk)
        with refused("permission denied"):
            ask("TRUNCATE network_pack")


def test_the_sender_forges_nothing_and_takes_nothing_back_twice():
    pack = sent_by_senco()
    sender, receiver = orgs_of(pack)
    with acting_as("senco") as actor:
        me = actor.person.pk
        with refused("row-level security"):
            ask(RECEIPT, uuid.uuid4(), sender, receiver, pack.pk, me)
        with refused("violates foreign key", "between_two"):
            ask(RECEIPT, uuid.uuid4(), receiver, sender, pack.pk, me)
        with refused("between_two"):
            ask(RECEIPT, uuid.uuid4(), sender, sender, pack.pk, me)
        for column, value in (("content", "'[]'"), ("until", "'2099-01-01'"), ("org_id", "1")):
            with refused("permission denied"):
                ask(f"UPDATE network_pack SET {column} = {value} WHERE id = %s", pack.pk)
        # a withdrawal needs a moment, and stays
        with refused("row-level security"):
            ask("UPDATE network_pack SET revoked_at = NULL WHERE id = %s", pack.pk)
        assert ask("UPDATE network_pack SET revoked_at = now() + interval '400 days' "
                   "WHERE id = %s", pack.pk) == [(1,)]  # fmt: skip
        for value in ("NULL", "now() + interval '900 days'"):
            sql = f"UPDATE network_pack SET revoked_at = {value} WHERE id = %s"
            assert ask(sql, pack.pk) == [(0,)]


def test_what_came_back_is_written_by_the_receiver_to_the_sender_alone():
    pack = sent_by_senco()
    sender, receiver = orgs_of(pack)
    with acting_as("senco", write=False):
        brook = place("brook").pk
    with acting_as("authority") as actor:
        me = actor.person.pk
        receipt = open_pack(actor=actor, pack=pack)
        reply = answer_pack(actor=actor, pack=pack, kind="comment", words="Said")
        # to a third party, or about a pack of others
        with refused("violates foreign key"):
            ask(RECEIPT, uuid.uuid4(), brook, receiver, pack.pk, me)
        with refused("violates foreign key"):
            ask(RECEIPT, uuid.uuid4(), sender, receiver, pack.pk + 999, me)
        for table in ("network_receipt", "network_reply"):
            with refused("permission denied"):
                ask(f"UPDATE {table} SET by_name = 'Nobody'")
            with refused("permission denied"):
                ask(f"DELETE FROM {table}")
    with acting_as("senco"):
        assert ask("SELECT by_name FROM network_receipt WHERE id = %s", receipt.pk) == [
            ("Gareth Lyle",)
        ]
        with refused("permission denied"):
            ask("DELETE FROM network_reply WHERE id = %s", reply.pk)


def test_what_is_prepared_is_about_a_pupil_and_a_pack_of_ones_own():
    pack = sent_by_senco()
    with acting_as("outsider", write=False):
        theirs = Pupil.objects.get(first_name="Zebedee").pk
        their_pack = Pack.objects.filter(from_org__name="Outside Academy").get().pk
    with acting_as("senco"):
        row = Prepared.objects.get(pack=pack.pk)
        for column, value in (("pupil_id", theirs), ("pack_id", their_pack)):
            with refused("violates foreign key"):
                ask(f"UPDATE network_prepared SET {column} = %s WHERE id = %s", value, row.pk)
        received = Pack.objects.filter(org=row.org_id).first()
        assert received is not None
        with refused("violates foreign key"):
            ask("UPDATE network_prepared SET pack_id = %s WHERE id = %s", received.pk, row.pk)
        with refused("row-level security"):
            ask("UPDATE network_prepared SET org_id = %s WHERE id = %s", pack.org_id, row.pk)


def test_guests_and_visitors_without_a_scope_touch_no_pack():
    sent_by_senco()
    for key in ("parent", "professional"):
        with acting_as(key):
            for table in ("network_pack", "network_receipt", "network_reply", "network_prepared"):
                with refused("permission denied"):
                    ask(f"SELECT count(*) FROM {table}")
    with refused("permission denied"):
        ask("SELECT count(*) FROM network_pack")


@pytest.mark.worker
def test_not_even_the_owner_of_the_tables_reads_a_pack():
    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"], dbname=settings["NAME"], user=postgres.OWNER
    ) as owner:
        assert owner.execute("SELECT count(*) FROM network_pack").fetchall() == [(0,)]
