"""The figures of a report: counted in the database, hidden where they could name a child."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opensenco.access.models import Organisation
from opensenco.kernel.errors import NotAllowed
from opensenco.kernel.small_numbers import Guarded
from opensenco.people.operations import pupils
from opensenco.reports import differences, queries
from opensenco.reports.document import Document, from_data, to_data
from opensenco.reports.drawing import setting_of
from opensenco.reports.kinds import kinds
from opensenco.reports.models import Report
from opensenco.reports.operations.writing import begin_report, drop_report
from opensenco.reports.questions import Asking, questions
from opensenco.reports.questions.telling import within
from opensenco.support.operations.needs import rank_needs
from opensenco.support.operations.status import set_status
from opensenco.support.queries import year_figures
from opensenco.support.states import Ground, Status
from tests.cast import TODAY
from tests.people import acting_as

pytestmark = pytest.mark.django_db
YEAR_AGO = TODAY - timedelta(days=365)


def table(document: Document, section: str) -> dict[str, str]:
    (found,) = [one.table for one in document.sections if one.id == section]
    assert found is not None
    return {line.name: line.cells[0].shown for line in found.lines}


def made(actor, org: Organisation, many: int, year: int, code: str) -> None:
    for number in range(many):
        pupil = pupils.add_pupil(
            actor=actor, org=org, first_name=f"P{number}", last_name=f"Y{year}{code}",
            birth_date=TODAY.replace(year=TODAY.year - 5 - year), year_group=year,
        )  # fmt: skip
        set_status(
            actor=actor, pupil=pupil, code=Status.SEN_SUPPORT, starts=TODAY,
            grounds=[Ground.PROGRESS], reason="Slow progress.",
        )  # fmt: skip
        rank_needs(actor=actor, pupil=pupil, codes=[code])


def test_numbers_are_told_from_five_on_and_asked_in_as_many_questions_as_of_three_pupils():
    with acting_as("senco") as actor:
        org = Organisation.objects.get(name="Larkrise Primary School")
        report = begin_report(
            actor=actor, org=org, kind="governors-sen-report", since=TODAY - timedelta(days=30)
        )
        with CaptureQueriesContext(connection) as few:
            before = queries.document_of(actor, report)
        assert table(before, "status") == {"EHC plan": "0", "SEN support": "under 5"}
        made(actor, org, 6, 3, "SLCN")
        made(actor, org, 5, 5, "SPLD")
        with CaptureQueriesContext(connection) as many:
            document = queries.document_of(actor, report)
        assert len(many) == len(few)
        assert table(document, "status") == {"EHC plan": "0", "SEN support": "12"}
        # Idris is the one of Year 4 and of communication: neither may be worked out
        years = table(document, "years")
        assert years["Year 4"] == "under 5"
        assert sorted(years.values()) == ["also hidden", "also hidden", "under 5"]
        assert table(document, "movement")["Began SEN support"] == "11"
        assert from_data(to_data(document)) == document
        changed = {one.name: one for one in differences.figures(document, before)}
        assert (changed["SEN support"].then, changed["SEN support"].by) == ("under 5", None)
        assert changed["Cognition and learning"].by == 5
        drop_report(actor=actor, report=report, version=None)
        assert Report.objects.get(pk=report.pk).state == "dropped"


def test_a_small_number_is_not_told_by_a_sum_that_stands_elsewhere_in_the_report(monkeypatch):
    with acting_as("senco") as actor:
        org = Organisation.objects.get(name="Larkrise Primary School")
        made(actor, org, 11, 3, "SLCN")
        asking = Asking(actor, org, YEAR_AGO)
        assert [one.cells[0].shown for one in questions()["status"](asking).lines] == ["0", "12"]
        few = year_figures.MetFigures(in_time=10, late=2, unknown=0, held=25)
        monkeypatch.setattr(year_figures, "met_figures", lambda *_of: few)
        lines = questions()["parents-met"](asking).lines
        assert [one.cells[0].shown for one in lines] == ["also hidden", "under 5"]
    for whole in range(20):
        seen = Counter(within((whole - late, late), Guarded(whole)) for late in range(whole + 1))
        alone = [one for one, many in seen.items() if many == 1 and any(c.small for c in one)]
        assert not alone, "whoever subtracts finds one answer only"
    hidden = within((12, 9), Guarded(None))
    assert hidden == (Guarded(12), Guarded(None)), "the sum that is hidden is not shown in parts"
    assert within((4, 4), Guarded(None)) == ()


def test_every_kind_asks_questions_there_are_and_the_law_says_which_points_stand_in_it():
    known = questions()
    for kind in kinds().values():
        asked = {part.question for part in kind.parts if part.drawn}
        assert asked <= set(known), kind.id
    law = kinds()["sen-information-report"]
    assert {one.id for one in law.points if one.of_law} >= {"1", "2", "3g", "13", "69-plan"}
    assert setting_of(Organisation(phase="Special")) == "special"
    assert setting_of(Organisation(phase="Nursery")) == "maintained-nursery"


def test_figures_are_asked_of_ones_own_place_alone():
    with acting_as("shared_senco", write=False) as actor:
        mill, weir = Organisation.objects.filter(pk__in=actor.hat.orgs).order_by("name")
        assert known_total(Asking(actor, mill, YEAR_AGO)) == 0
        assert known_total(Asking(actor, weir, YEAR_AGO)) == 0
        other = Organisation(pk=max(actor.hat.orgs) + 1_000, name="Elsewhere")
        for name, question in questions().items():
            if name != "senco":
                with pytest.raises(NotAllowed):
                    question(Asking(actor, other, YEAR_AGO))


def known_total(asking: Asking) -> int:
    return asking.register.tables.total or 0
