"""The life of a pack: prepared, looked at, sent, opened, answered, withdrawn."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from opensenco.access.actions import Action
from opensenco.access.managers import NoRight
from opensenco.access.scope import NoScope
from opensenco.audit.acting import as_actor
from opensenco.audit.models import Entry
from opensenco.cases.models import Fact, Task
from opensenco.cases.spine import add_fact
from opensenco.gate.operation import Refused
from opensenco.kernel.errors import Invalid, NotFound, NotPossible, Stale
from opensenco.network import queries
from opensenco.network.content import from_data
from opensenco.network.models import Pack, Prepared, Receipt, Reply
from opensenco.network.operations.preparing import (
    choose_parts,
    drop_pack,
    mend_words,
    prepare_pack,
)
from opensenco.network.operations.receiving import answer_pack, open_pack
from opensenco.network.operations.sending import read_replies, send_pack, withdraw_pack
from opensenco.network.states import (
    MOVES,
    PART_VERBS,
    SENSITIVE,
    TERMS,
    Part,
    Purpose,
    Stage,
)
from opensenco.people.models import Pupil
from opensenco.people.operations import pupils as pupil_operations
from tests.cast import TODAY, YESTERDAY
from tests.packs import idris, place, prepare, sent_by_senco
from tests.people import acting_as
from tests.world_packs import LATER

pytestmark = pytest.mark.django_db


def said(pack: Pack | Prepared) -> str:
    return str(pack.content)


def test_a_pack_is_prepared_sent_opened_answered_and_read():
    with acting_as("senco") as actor:
        prepared = prepare(actor)
        assert prepared.parts == [
            "about", "needs", "profile", "plans", "beside", "ehc", "delivery", "effect", "agencies",
            "observed",
        ]  # fmt: skip
        assert Task.objects.filter(source_ref=prepared.ref, settled_at__isnull=True).count() == 1
        looked_at = prepared.content
        pack = send_pack(actor=actor, prepared=prepared, version=prepared.version)
        assert (pack.content, pack.about, pack.by_name) == (
            looked_at, "Idris Hassan-Cole", "Amara Okafor",
        )  # fmt: skip
        assert not Task.objects.filter(source_ref=prepared.ref, settled_at__isnull=True).exists()
        fact = Fact.objects.get(source_ref=prepared.ref)
        assert fact.words.startswith("Part of the record was sent to Thornshire County Council")
        assert queries.count_waiting(actor) == 0
        sent_entry = Entry.objects.get(verb="send_pack", thing_ref=pack.ref)
        assert sent_entry.pupil == idris()
    with acting_as("authority") as actor:
        assert queries.count_waiting(actor) == 1
        read = queries.theirs(actor, queries.received(actor, pack.ref))
        assert (read.sender, read.may_answer) == ("Larkrise Primary School", True)
        assert [section.part for section in read.sections] == prepared.parts
        open_pack(actor=actor, pack=read.pack)
        assert queries.count_waiting(actor) == 0
        answer_pack(actor=actor, pack=read.pack, kind="advice", words="Try a visual timetable.")
        assert Entry.objects.get(verb="open_pack").org_id in actor.hat.orgs
    with acting_as("senco") as actor:
        assert queries.count_waiting(actor) == 1
        (waits,) = queries.news(actor).answered
        shown = queries.ours(actor, queries.prepared(actor, waits.ref))
        (receipt,), (reply,) = shown.receipts, shown.replies
        assert (receipt.by_name, receipt.by_role) == ("Gareth Lyle", "Plan co-ordinator")
        assert (reply.words, shown.unread) == ("Try a visual timetable.", True)
        row = next(one for one in queries.sent(actor) if one.prepared == waits)
        assert (row.opened, row.answered, row.unread) == (1, True, True)
        read_replies(actor=actor, prepared=shown.prepared)
        assert queries.count_waiting(actor) == 0


def test_a_pack_says_what_the_record_said_on_the_day_it_was_copied():
    with acting_as("senco") as actor:
        prepared = prepare(actor, "mill", Purpose.MOVING)
        row = idris()
        pupil_operations.change_pupil(
            actor=actor, pupil=row, version=row.version, first_name="Idris", last_name="Newname",
            known_as="", birth_date=row.birth_date, upn="", sex=row.sex,
            year_group=row.year_group, home_language="", interpreter_needed=False,
        )  # fmt: skip
        assert "Newname" not in said(prepared)
        assert "4 May 2018" in said(prepared)
        fresh = choose_parts(
            actor=actor, prepared=queries.prepared(actor, prepared.ref), version=prepared.version,
            parts=["about", "health"],
        )  # fmt: skip
        assert (fresh.parts, fresh.about) == (["about", "health"], "Idris Newname")
        assert "Newname" in said(fresh)
        assert "Wears glasses" in said(fresh)


def test_nothing_leaves_that_the_purpose_or_the_sender_may_not_have():
    with acting_as("senco") as actor:
        prepared = prepare(actor)
        assert "Wears glasses" not in said(prepared)
        assert "court order" not in said(prepared).lower()
        for parts in (["care"], ["safeguarding"], ["about", "confidential"], []):
            with pytest.raises(Invalid):
                choose_parts(actor=actor, prepared=prepared, version=None, parts=parts)
        common: dict[str, Any] = {
            "actor": actor, "pupil": idris(), "purpose": Purpose.EHC_REQUEST,
        }  # fmt: skip
        with pytest.raises(Invalid):
            prepare_pack(**common, to=place("mill"), until=LATER)
        with pytest.raises(Invalid):
            prepare_pack(**common, to=place("authority"), until=YESTERDAY)
        with pytest.raises(Invalid):
            prepare_pack(**{**common, "purpose": "gossip"}, to=place("mill"), until=LATER)
        with pytest.raises(Invalid):
            prepare_pack(**{**common, "purpose": Purpose.ADVICE}, to=idris().org, until=LATER)
    for key in ("teacher", "ta", "phase_senco", "governor"):
        with acting_as(key) as actor, pytest.raises(Refused):
            prepare(actor)
    for key in ("outsider", "shared_senco", "authority"):
        with acting_as("senco", write=False):
            stranger_row = idris()
        with acting_as(key) as actor, pytest.raises(Refused):
            prepare_pack(
                actor=actor, pupil=stranger_row, to=place("brook"), purpose=Purpose.ADVICE,
                until=LATER,
            )  # fmt: skip


def test_what_a_colleague_may_not_see_is_neither_shown_to_them_nor_sent_by_them():
    with acting_as("senco") as actor:
        prepared = prepare(actor, "mill", Purpose.MOVING)
        parts = [*prepared.parts, "care"]
        choose_parts(actor=actor, prepared=prepared, version=prepared.version, parts=parts)
    with acting_as("head") as actor:
        grants = dict(actor.hat.grants)
        del grants[Action.CARE_VIEW]
        less = replace(actor, hat=replace(actor.hat, grants=grants))
        row = queries.prepared(less, prepared.ref)
        shown = queries.ours(less, row)
        care = next(one for one in shown.sections if one.part == Part.CARE)
        assert (care.hidden, care.blocks, shown.ready) == (True, (), False)
        assert Part.CARE not in queries.offered_parts(less, row)
        with pytest.raises(NotPossible):
            send_pack(actor=less, prepared=row, version=row.version)
        assert queries.ours(actor, row).ready


def test_a_confidential_part_leaves_only_where_somebody_ticks_it():
    with acting_as("senco") as actor:
        with as_actor(actor):
            add_fact(
                actor=actor, pupil=idris(), kind="test.secret", on=TODAY,
                words="A confidential word", source=None, confidential=True,
            )  # fmt: skip
            add_fact(
                actor=actor, pupil=idris(), kind="test.open", on=TODAY, words="A plain word",
                source=None,
            )  # fmt: skip
        prepared = prepare(actor, "mill", Purpose.MOVING)
        assert "A plain word" in said(prepared)
        assert "A confidential word" not in said(prepared)
        parts = [*prepared.parts, "confidential"]
        choose_parts(actor=actor, prepared=prepared, version=prepared.version, parts=parts)
        assert "A confidential word" in said(prepared)


def test_of_two_senders_the_second_is_told():
    with acting_as("senco") as actor:
        prepared = prepare(actor)
        read = prepared.version
        choose_parts(actor=actor, prepared=prepared, version=read, parts=["about"])
        again = Prepared.objects.get(pk=prepared.pk)
        count = Pack.objects.count()
        with pytest.raises(Stale):
            send_pack(actor=actor, prepared=again, version=read)
        assert Pack.objects.count() == count
        drop_pack(actor=actor, prepared=again, version=again.version)
        with pytest.raises(NotPossible):
            send_pack(actor=actor, prepared=again, version=again.version)


def test_a_withdrawn_pack_is_gone_for_its_receiver_and_never_comes_back():
    pack = sent_by_senco()
    with acting_as("authority") as actor:
        open_pack(actor=actor, pack=queries.received(actor, pack.ref))
        held = queries.received(actor, pack.ref)
    with acting_as("senco") as actor:
        prepared = Prepared.objects.select_related("pupil", "to").get(pack=pack.pk)
        with pytest.raises(Invalid):
            withdraw_pack(actor=actor, prepared=prepared, version=None, reason=" ")
        withdraw_pack(actor=actor, prepared=prepared, version=None, reason="Sent too early")
        kept = Pack.objects.get(pk=pack.pk)
        assert kept.revoked_at == actor.at
        for change in ({"revoked_at": None}, {"revoked_at": actor.at + timedelta(days=1)}):
            assert Pack.objects.filter(pk=pack.pk).update(**change) == 0
        with pytest.raises(NotPossible):
            withdraw_pack(actor=actor, prepared=prepared, version=None, reason="Again")
    with acting_as("authority") as actor:
        assert not Pack.objects.filter(pk=pack.pk).exists()
        with pytest.raises(NotFound):
            queries.received(actor, pack.ref)
        # a stale tab: the page was open when the pack was withdrawn
        for late in (open_pack, answer_pack):
            more = {} if late is open_pack else {"kind": "comment", "words": "Late"}
            with pytest.raises(Refused):
                late(actor=actor, pack=held, **more)
        assert queries.received_list(actor) == []


def test_what_the_law_asks_for_is_withdrawn_only_until_it_is_opened():
    first, second = (sent_by_senco("authority", Purpose.EHC_REQUEST) for _i in range(2))
    with acting_as("authority") as actor:
        open_pack(actor=actor, pack=queries.received(actor, first.ref))
    with acting_as("senco") as actor:
        opened, unopened = (
            Prepared.objects.select_related("pupil", "to", "pack").get(pack=one.pk)
            for one in (first, second)
        )
        assert not queries.ours(actor, opened).may_withdraw
        with pytest.raises(NotPossible):
            withdraw_pack(actor=actor, prepared=opened, version=None, reason="Corrected")
        withdraw_pack(actor=actor, prepared=unopened, version=None, reason="Wrong council")


def test_only_the_two_see_a_pack_and_neither_changes_it():
    pack = sent_by_senco()
    for key in ("outsider", "shared_senco", "family", "district", "head", "authority"):
        with acting_as(key) as actor:
            sees = key in ("head", "authority")
            assert Pack.objects.filter(pk=pack.pk).exists() == sees, key
    with acting_as("district") as actor, pytest.raises(Refused):
        open_pack(actor=actor, pack=pack)
    with acting_as("authority") as actor:
        row = queries.received(actor, pack.ref)
        with pytest.raises(NoScope):
            row.save()
        assert Pack.objects.filter(pk=pack.pk).update(revoked_at=actor.at) == 0
        with pytest.raises(NoRight):
            Pack.objects.filter(pk=pack.pk).update(until=TODAY)
        with pytest.raises(Invalid):
            answer_pack(actor=actor, pack=row, kind="received", words="Of another purpose")
        with pytest.raises(Invalid):
            answer_pack(actor=actor, pack=row, kind="advice", words="  ")
        reply = answer_pack(actor=actor, pack=row, kind="advice", words="Once said")
        with pytest.raises(NoRight):
            reply.save()
    with acting_as("senco") as actor:
        ours = Pack.objects.get(pk=pack.pk)
        ours.words = "Rewritten"
        with pytest.raises(NoRight):
            ours.save()
        with pytest.raises(NoRight):
            Pack.objects.filter(pk=pack.pk).update(content=[])
        # the sender is no receiver of its own pack
        with pytest.raises(Refused):
            open_pack(actor=actor, pack=ours)
        assert Reply.objects.get(pack=ours).words == "Once said"


def test_a_pack_ends_with_its_last_day():
    pack = sent_by_senco()
    with acting_as("authority") as actor:
        assert queries.received(actor, pack.ref) == pack
        after = replace(actor, at=actor.at + (LATER - TODAY) + timedelta(days=1))
        with pytest.raises(NotFound):
            queries.received(after, pack.ref)
        with pytest.raises(Refused):
            open_pack(actor=after, pack=pack)
    with acting_as("senco") as actor:
        prepared = prepare(actor)
        after = replace(actor, at=actor.at + (LATER - TODAY) + timedelta(days=1))
        with pytest.raises(NotPossible):
            send_pack(actor=after, prepared=prepared, version=prepared.version)


def test_a_blind_pack_is_sent_when_nothing_in_it_leads_to_the_child():
    with acting_as("senco") as actor:
        prepared = prepare(actor, "family", Purpose.MODERATION)
        assert prepared.about.startswith("Pupil ")
        for word in ("Hassan", "2018", "Priya"):
            assert word not in said(prepared), word
        found = queries.ours(actor, prepared).finds
        assert any("Idris" in one.must_go for one in found) == ("Idris" in said(prepared))
        mend_words(
            actor=actor, prepared=prepared, version=None, texts={},
            words="IDRIS’S mother, born 4/5/2018, from Larkrise.",
        )  # fmt: skip
        note = next(f for f in queries.ours(actor, prepared).finds if f.place is None)
        assert note.must_go == ("IDRIS’S", "4/5/2018")
        assert note.look_at == ("Larkrise",)
        with pytest.raises(NotPossible, match="still says who"):
            send_pack(actor=actor, prepared=prepared, version=None)
        texts = {
            find.place.name: "Works towards it with help."
            for find in queries.ours(actor, prepared).finds
            if find.place is not None
        }
        mend_words(actor=actor, prepared=prepared, version=None, texts=texts, words="Level 3?")
        pack = send_pack(actor=actor, prepared=prepared, version=None)
        assert (pack.by_name, pack.by_role, pack.blind) == ("", "", True)
        assert "Idris" not in said(pack)
        assert pack.ref != prepared.ref
        with pytest.raises(NotPossible):
            mend_words(actor=actor, prepared=prepare(actor), version=None, texts={}, words="")
    with acting_as("family") as actor:
        read = queries.theirs(actor, queries.received(actor, pack.ref))
        assert read.sender == ""
        # what the receiver holds has no column that leads to the child or to a person
        columns = {field.name for field in Pack._meta.fields}
        assert not columns & {"pupil", "person", "source_pupil"}
        assert not Prepared.objects.exists()
        assert not Pupil.objects.exists()


def test_a_shared_pack_is_opened_by_several_and_each_opening_is_told():
    pack = sent_by_senco("mill", Purpose.ELSEWHERE)
    with acting_as("shared_senco") as actor:
        for _i in range(2):
            open_pack(actor=actor, pack=queries.received(actor, pack.ref))
    with acting_as("senco") as actor:
        receipts = Receipt.objects.filter(pack=pack.pk)
        assert [one.by_role for one in receipts] == ["Shared SENDCo"] * 2


def test_the_lists_of_packs_leave_no_hole():
    assert set(PART_VERBS) == set(Part)
    assert set(TERMS) == set(Purpose)
    assert set(MOVES) == set(Stage)
    for purpose, terms in TERMS.items():
        assert set(terms.proposed) <= terms.allowed, purpose
        assert not SENSITIVE & set(terms.proposed), purpose
        assert not terms.blind or terms.allowed <= {
            Part.ABOUT, Part.NEEDS, Part.PROFILE, Part.PLANS, Part.BESIDE, Part.DELIVERY,
            Part.EFFECT,
        }  # fmt: skip


def test_what_is_stored_in_another_shape_is_refused():
    good: list[Any] = [{"part": "about", "title": "T", "blocks": [
        {"kind": "terms", "heading": "", "rows": [["a", "b"]]}]}]  # fmt: skip
    assert from_data(good)[0].blocks[0].rows == (("a", "b"),)
    good[0]["blocks"][0]["rows"] = [["a"]]
    with pytest.raises(ValueError, match="another shape"):
        from_data(good)
