"""A record past its date is kept on, held, decided on, called off, and disposed of for good."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from opensenco.access.keys import all_models
from opensenco.access.managers import NoRight
from opensenco.access.personal import declared
from opensenco.access.scope import scope, system_scope
from opensenco.audit.acting import as_actor
from opensenco.audit.models import Entry, Opening
from opensenco.documents.keeping import store_of
from opensenco.documents.models import Document, DocumentVersion
from opensenco.documents.operations.holding import lift_hold, place_hold
from opensenco.gate.rows import change
from opensenco.kernel.errors import DomainError
from opensenco.ops import disposing
from opensenco.people.models import Pupil
from opensenco.protection import held
from opensenco.protection.models import Disposal
from opensenco.protection.operations import keeping
from opensenco.protection.states import DISPOSAL_NEXT, NEXT, Disposing, State
from tests.cast import NOW, TODAY
from tests.client import signed_in
from tests.documents import samples
from tests.pages.asking.test_round import as_it_stands
from tests.pages.concerns.walking import text_of
from tests.pages.documents.test_cabinet import about, upload
from tests.people import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.worker]
START = "/keeping/"


def idris() -> Pupil:
    with acting_as("head", write=False):
        return Pupil.objects.select_related("org").get(first_name="Idris")


def long_ago() -> Pupil:
    """Let Idris be somebody who left long ago, and is 31 by now."""
    with acting_as("head") as actor, as_actor(actor):
        row = Pupil.objects.get(first_name="Idris")
        born = date(TODAY.year - 31, 3, 9)
        change(row, version=None, birth_date=born, joined_on=None, left_on=date(2012, 7, 20))
    return idris()


def decide(client: Any, pupil: Pupil, **given: str) -> str:
    at = reverse("protection:decide", args=[pupil.ref])
    return text_of(client.post(at, as_it_stands(client.get(at), **given), follow=True))


def on_day(days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    later = NOW + timedelta(days=days)
    clock = type("Later", (), {"now": staticmethod(lambda: later)})
    monkeypatch.setattr(disposing, "clock", lambda: clock)


def words_left(pupil: Pupil, names: tuple[str, ...]) -> list[str]:
    """Look in every text of every row of the place, beside what our own search finds."""
    found = []
    with system_scope("looking for what is left", write=False):
        for model in all_models():
            if not any(f.name == "org" for f in model._meta.fields):
                continue
            for row in model._default_manager.filter(org=pupil.org_id).values():
                if any(name in str(row) for name in names):
                    found.append(model._meta.label)
    return sorted(set(found))


@pytest.mark.rule("GOV-07")
@pytest.mark.usefixtures("own_files")
def test_a_record_is_kept_on_held_and_then_disposed_of_with_a_certificate(monkeypatch):
    there, head = about(), signed_in("head")
    signed_in("senco").post(there["file"], {"papers": upload(("old.jpg", samples.JPEG))})
    assert "No record has passed its date." in text_of(head.get(START))
    pupil = long_ago()
    assert "Hassan-Cole, Idris" in text_of(head.get(START))
    assert signed_in("senco").get(START).status_code == 403
    assert "Choose a day from tomorrow on" in decide(
        head, pupil, decision="keep", until="1/3/2027", why="Still needed here."
    )
    with acting_as("senco") as actor:
        row = Pupil.objects.select_related("org").get(pk=pupil.pk)
        hold = place_hold(actor=actor, pupil=row, reason="A claim is open.")
    assert "A hold keeps it." in decide(head, pupil, decision="dispose", sure="on")
    with acting_as("senco") as actor:
        lift_hold(actor=actor, hold=hold, reason="It was settled.")
    assert "Tick the box" in decide(head, pupil, decision="dispose")
    decide(head, pupil, decision="dispose", sure="on")
    assert "To be disposed of from 17 March 2027" in text_of(head.get(START))
    with acting_as("head", write=False):
        decided = Disposal.objects.get(record=pupil.ref)
    at = reverse("protection:certificate", args=[decided.ref])
    assert "Called off. The record stays." in text_of(head.post(at, follow=True))
    decide(head, pupil, decision="dispose", sure="on")
    kept = files_of(pupil)
    assert kept
    assert disposing.dispose_due() == 0, "seven days to call it off"
    on_day(7, monkeypatch)
    child = held_now(pupil)
    assert disposing.dispose_due() == 1
    gone(pupil, child, kept)
    with acting_as("head", write=False):
        done = Disposal.objects.get(record=pupil.ref, state=Disposing.DONE)
    page = text_of(head.get(reverse("protection:certificate", args=[done.ref])))
    assert "Certificate of disposal" in page
    assert "Needs, plans and reviews" in page
    assert "Idris" not in page
    assert disposing.dispose_due() == 0


def files_of(pupil: Pupil) -> list[Any]:
    with acting_as("head", write=False):
        rows = DocumentVersion.objects.filter(pupil=pupil).values_list("file__digest", flat=True)
        paths = [store_of(pupil.org).path(digest) for digest in rows]
    return [path for path in paths if path.exists()]


def held_now(pupil: Pupil) -> held.Whose:
    with acting_as("head", write=False):
        child = held.whose(pupil)
        assert held.counted(child)["audit.Opening"] > 3
    return child


def gone(pupil: Pupil, child: held.Whose, kept: list[Any]) -> None:
    """Nothing of the child is left: rows, versions, books, files, names in other rows."""
    with system_scope("looking for what is left", write=False):
        for model in held.belonging():
            if not declared(model, "named_in"):
                assert not held.rows(model, child).exists(), model
            versions = held.versions(model, child)
            assert versions is None or not versions.exists(), model
        assert not Entry.objects.filter(pupil=pupil.pk).exists()
        assert not Opening.objects.filter(pupil=pupil.pk).exists()
        others = Document.objects.exclude(pupil=pupil.pk).filter(org=pupil.org_id)
        assert others.exists(), "other children's papers stay"
    assert not [path for path in kept if path.exists() and not shared(pupil, path)]
    left = words_left(pupil, ("Hassan-Cole",))
    assert left == [], left


def shared(pupil: Pupil, path: Any) -> bool:
    """Whether another child's paper has the same bytes."""
    with acting_as("head", write=False):
        return DocumentVersion.objects.filter(org=pupil.org_id, file__digest=path.name).exists()


def test_a_place_keeps_longer_than_the_rule_and_never_shorter():
    head = signed_in("head")
    with acting_as("head", write=False) as actor:
        (org,) = actor.hat.orgs
    at = reverse("protection:years")
    short = as_it_stands(head.get(at), years="20", because="It is enough.")
    assert "Between 31 and 100 years." in text_of(head.post(at, short))
    pupil = long_ago()
    longer = as_it_stands(head.get(at), years="35", because="Policy of the trust, 4 March.")
    assert "Here: 35 years." in text_of(head.post(at, longer, follow=True))
    assert "No record has passed its date." in text_of(head.get(START))
    assert "Its date has not come yet." in decide(head, pupil, decision="dispose", sure="on")
    there = about()
    assert "Kept until 9 March 2031" in text_of(signed_in("senco").get(there["plan"]))
    assert org


def test_only_the_worker_removes_rows_for_good():
    with acting_as("head") as actor:
        rows: Any = Pupil.objects.filter(first_name="Idris")
        with pytest.raises(NoRight, match="Only the worker"):
            rows.remove_for_good()
    pupil = long_ago()
    with acting_as("head") as actor:
        row = Pupil.objects.select_related("org").get(pk=pupil.pk)
        decided = keeping.decide_disposal(actor=actor, pupil=row)
        late = replace(actor, at=NOW + timedelta(days=8))
        with pytest.raises((DomainError, RuntimeError)), scope(actor.scope, write=True):
            keeping.carry_out_disposal(actor=late, disposal=decided, version=None)
    with acting_as("head", write=False):
        assert Pupil.objects.filter(pk=pupil.pk).exists()


def test_what_may_follow_what_is_a_closed_table():
    assert set(NEXT) == set(State)
    assert set(DISPOSAL_NEXT) == set(Disposing)
    assert all(after <= set(State) for after in NEXT.values())
    assert {end for end, after in DISPOSAL_NEXT.items() if not after} == {
        Disposing.CALLED_OFF, Disposing.DONE
    }  # fmt: skip
