"""How far the worker is with a list is seen by others before it is done, where that can be."""

import time

import pytest

from opensenco.exchange import jobs, progress
from opensenco.exchange.models import FileImport
from opensenco.exchange.operations import handing
from opensenco.kernel.refs import short
from opensenco.people.operations import rolls
from tests.client import signed_in
from tests.exchange.lists import NOOR, changed, staged
from tests.people import acting_as
from tests.support.databases import Copy


def test_a_share_of_the_rows_is_seen_while_they_are_written(
    own_database: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [
        changed(NOOR, upn="", legal_forename=f"Pupil{letter}", reg="") for letter in ("a", "b", "c")
    ]
    seen: list[progress.Far] = []
    change_pupils = rolls.change_pupils

    def slowly(**given: object) -> object:
        # the pupils who are new are added, and nobody sees them yet
        done = change_pupils(**given)  # type: ignore[arg-type]
        for _try in range(500 if progress.can_be_told() else 0):
            # the first telling may be from before the first row
            if (far := progress.far(file.ref)) and far.done:
                seen.append(far)
                break
            time.sleep(0.01)
        return done

    with acting_as("senco") as actor:
        grace = ("", "Atherton", "Grace", "12/09/2018", "F", "4R", "5", "Red")
        file = staged(actor, *others, grace)
        file = handing.hand_over(actor=actor, file_import=file, version=file.version)
        told = actor.person.pk, actor.hat.key, str(file.ref), file.version
    page = signed_in("senco").get(f"/imports/{short(file.ref)}/").text
    assert ("one writer at a time" in page) is not progress.can_be_told()
    monkeypatch.setattr(progress, "EACH", 0.02)
    monkeypatch.setattr(rolls, "change_pupils", slowly)
    jobs.apply_list.func(*told)
    with acting_as("senco", write=False):
        assert FileImport.objects.get(pk=file.pk).state == "applied"
        assert progress.far(file.ref) is None
    # Grace is still to be changed
    assert seen == ([progress.Far(3, 4)] if progress.can_be_told() else [])
