"""A provision map that a school has kept comes in, in any of its shapes."""

import pytest

from opensenco.cases.models import Task
from opensenco.exchange.kinds.provision_map.settling import checked, provisions_of
from opensenco.exchange.models import Trace
from opensenco.exchange.operations.answering import answer_for_file
from opensenco.exchange.operations.applying import apply_import
from opensenco.exchange.operations.imports import decide
from opensenco.exchange.operations.undoing import prospect, undo_import
from opensenco.exchange.sentences import said
from opensenco.exchange.states import Decision, ImportKind
from opensenco.kernel.errors import Invalid
from opensenco.notices.models import Notice
from opensenco.people.models import Group, GroupPupil, Pupil
from opensenco.people.queries import place
from opensenco.provision.models import Allocation, Provision
from opensenco.provision.operations import library, sessions
from opensenco.provision.operations.telling import TELL
from opensenco.provision.starter import library as starters
from tests.exchange.lists import rows_of, staged
from tests.people import acting_as, person

pytestmark = pytest.mark.django_db
LONG = (
    "Pupil", "Class", "Intervention", "Wave", "Frequency", "Led by", "Start Date", "End Date",
    "Cost",
)  # fmt: skip


def a_map(actor, *rows, header=LONG):
    return staged(actor, *rows, header=header, kind=ImportKind.PROVISION_MAP, file_name="map.csv")


def applied(actor, file):
    return apply_import(actor=actor, file_import=file, version=file.version)


def answered(actor, file, days=None, **provisions):
    answers = {name.replace("_", " "): checked(file.org, one) for name, one in provisions.items()}
    return answer_for_file(
        actor=actor, file_import=file, version=file.version,
        answers={"provisions": answers, **(days or {})},
    )  # fmt: skip


def library_of_starters():
    return {name.casefold(): one.id for one in starters().entries.values() for name in one.aliases}


def told(row):
    return " ".join(said(one["wrong"]) for one in row.faults) + " ".join(map(said, row.reasons))


def given(name):
    rows = Allocation.objects.filter(provision__name=name, in_error_at__isnull=True)
    return sorted(
        (row.pupil.first_name, row.times_a_week, row.minutes, row.starts, row.ends)
        for row in rows.select_related("pupil")
    )


def test_a_row_for_each_pupil_and_provision_becomes_promises_and_library_entries():
    with acting_as("senco") as actor:
        file = a_map(
            actor,
            ("Hassan-Cole, Idris", "4R", "Rocket readers", "Wave 2", "3x20", "Mr O Sharp",
             "06/01/2027", "26/03/2027", "£120"),
            ("Grace Atherton", "4R", "Rocket Readers", "Targeted", "3 x 20 mins", "TA",
             "06/01/2027", "26/03/2027", ""),
            ("Nobody Atall", "4R", "Rocket readers", "2", "3x20", "", "", "", ""),
            ("Idris", "4R", "rocket readers", "2", "2x10", "", "06/01/2027", "26/03/2027", ""),
            ("Grace Atherton", "4R", "Zones of Regulation", "2", "Mon/Wed 15 mins", "Zed", "", "",
             ""),
        )  # fmt: skip
        rows = rows_of(file)
        assert [row.match for row in rows] == ["new", "new", "refused", "refused", "new"]
        assert "No pupil here has this name." in told(rows[2])
        assert "earlier row of the map" in told(rows[3])
        assert "Zed is nobody among the staff" in told(rows[4])
        assert file.columns["left_out"] == ["Cost"]
        applied(actor, file)
        day = actor.today.replace
        spring = (day(month=1, day=6), day(month=3, day=26))
        assert given("Rocket readers") == [("Grace", 3, 20, *spring), ("Idris", 3, 20, *spring)]
        one = Provision.objects.get(name="Rocket readers")
        assert (one.layer, one.minutes, one.times_a_week, one.starter) == (2, 20, 3, "")
        idris = Allocation.objects.get(provision=one, pupil__first_name="Idris")
        assert idris.person == person("other_teacher")
        tasks = Task.objects.filter(kind=TELL, pupil__first_name="Grace")
        assert [task.settled_at for task in tasks] == [None], "parents are told in one talk"
        zones = Provision.objects.get(starter=library_of_starters()["zones of regulation"])
        assert given(zones.name) == [("Grace", 2, 15, actor.today, None)]
        again = a_map(
            actor,
            ("Idris Hassan-Cole", "4R", "Rocket readers", "", "3x20", "", "06/01/2027", "", ""),
            ("Grace Atherton", "", zones.name, "", "x", "", "", "", ""),
        )
        assert {row.match for row in rows_of(again)} == {"unchanged"}


def test_who_delivers_what_a_map_gives_hears_of_it_once():
    with acting_as("senco") as actor:
        known = list(Notice.objects.values_list("pk", flat=True))
        rows = [
            (name, "4R", what, "2", "3x20", "Mr O Sharp", "06/01/2027", "26/03/2027", "")
            for name in ("Hassan-Cole, Idris", "Grace Atherton")
            for what in ("Rocket readers", "Quiet corner")
        ]
        applied(actor, a_map(actor, *rows))
        assert Allocation.objects.filter(person=person("other_teacher")).count() == len(rows)
        (notice,) = Notice.objects.exclude(pk__in=known).filter(person=person("other_teacher"))
        assert (notice.words, notice.pupil) == ("2 pupils were added to what you deliver", None)


def test_a_row_for_each_pupil_and_a_column_for_each_provision():
    with acting_as("senco") as actor:
        org = place(actor)
        library.add_provision(
            actor=actor, org=org, name="Sparkle club", layer=2, minutes=30, times_a_week=1
        )
        header = ("Name", "Reg", "Sparkle Club", "ELSA", "Our own", "TA hours", "Total")
        file = a_map(
            actor,
            ("Hassan-Cole, Idris", "4R", "✓", "daily 15", "x", "1.5", "3"),
            ("Atherton, Grace", "4R", "2x20", "no", "Mon/Wed", "", "2"),
            ("Wren, Poppy", "2P", "", "as needed", "", "", "0"),
            header=header,
        )
        rows = rows_of(file)
        assert [(row.place, row.match) for row in rows] == [
            ((2, 0), "new"), ((2, 1), "new"), ((2, 2), "doubtful"), ((2, 3), "doubtful"),
            ((3, 0), "new"), ((3, 1), "doubtful"), ((4, 0), "refused"),
        ]  # fmt: skip
        assert rows[6].faults[0]["column"] == "ELSA"
        asked = {one.name: sorted(one.asks) for one in provisions_of(file) if one.open}
        assert asked == {"Our own": ["layer", "minutes", "times"], "TA hours": ["layer", "times"]}
        file = answered(
            actor, file,
            our_own={"layer": 2, "minutes": 25, "times": 1},
            ta_hours={"layer": 3, "times": 3},
        )  # fmt: skip
        assert [row.match for row in rows_of(file)] == ["new"] * 6 + ["refused"]
        applied(actor, file)
        assert given("Sparkle club") == [
            ("Grace", 2, 20, actor.today, None), ("Idris", 1, 30, actor.today, None),
        ]  # fmt: skip
        assert given("Our own") == [
            ("Grace", 2, 25, actor.today, None), ("Idris", 1, 25, actor.today, None),
        ]  # fmt: skip
        assert given("TA hours") == [("Idris", 3, 30, actor.today, None)]


def test_a_row_for_each_provision_with_names_under_classes():
    with acting_as("senco") as actor:
        file = a_map(
            actor,
            ("Wave 2", "", "", ""),
            ("Rocket readers", "3x20", "Idris, Grace A", ""),
            ("Comet time", "1x40", "Idris (2x10)", "Poppy; Grace; Nobody"),
            header=("Provision", "Frequency", "4R", "2P"),
        )
        rows = rows_of(file)
        assert [(row.values["pupil_first_name"], row.match) for row in rows if row.values] == [
            ("Idris", "new"), ("Grace", "new"), ("Idris", "new"), ("Poppy", "new"),
            ("Grace", "doubtful"), ("Nobody", "refused"),
        ]  # fmt: skip
        assert "is not in 2P" in told(rows[4])
        grace = Pupil.objects.get(first_name="Grace")
        answers = {rows[4].place: (Decision.USE, grace.pk)}
        file = decide(actor=actor, file_import=file, version=file.version, answers=answers)
        applied(actor, file)
        assert [one[:3] for one in given("Comet time")] == [
            ("Grace", 1, 40), ("Idris", 2, 10), ("Poppy", 1, 40),
        ]  # fmt: skip
        assert Provision.objects.get(name="Comet time").layer == 2


def test_what_is_only_alike_is_asked_and_an_answer_that_cannot_be_is_refused():
    with acting_as("senco") as actor:
        org = place(actor)
        own = library.add_provision(actor=actor, org=org, name="Sparkle club", layer=2)
        file = a_map(
            actor, ("Idris", "4R", "Sparkles club", "2", "3x20", "", "", "", ""),
        )  # fmt: skip
        (row,) = rows_of(file)
        assert row.match == "doubtful"
        assert "waits for your answer about “Sparkles club”" in told(row)
        (one,) = provisions_of(file)
        assert ([entry.name for entry in one.alike], one.asks) == (["Sparkle club"], {"what"})
        for wrong in ({"as": "own:nothing"}, {"times": 26}, {"minutes": 0}, {"layer": 4}):
            with pytest.raises(Invalid):
                checked(org, wrong)
        file = answered(actor, file, sparkles_club={"as": one.alike[0].key})
        applied(actor, file)
        assert [one[:3] for one in given(own.name)] == [("Idris", 3, 20)]
        assert not Provision.objects.filter(name="Sparkles club").exists()


def test_a_promise_that_differs_ends_and_is_promised_anew_and_all_of_it_goes_back():
    with acting_as("senco") as actor:
        first = a_map(
            actor,
            ("Idris", "4R", "Rocket readers", "2", "3x20", "", "06/01/2027", "", ""),
            ("Grace Atherton", "4R", "Rocket readers", "2", "3x20", "", "06/01/2027", "", ""),
        )
        first = applied(actor, first)
        second = a_map(
            actor,
            ("Idris", "4R", "Rocket readers", "2", "2x30", "", "", "", ""),
            ("Grace Atherton", "4R", "Rocket readers", "2", "", "", "", "16/07/2027", ""),
        )
        assert [row.match for row in rows_of(second)] == ["changed", "changed"]
        second = applied(actor, second)
        rows = Allocation.objects.filter(
            pupil__first_name="Idris", provision__name="Rocket readers"
        )
        old, new = rows.order_by("id")
        assert (old.ends, new.starts, new.times_a_week, new.minutes) == (
            actor.today.replace(day=9), actor.today, 2, 30,
        )  # fmt: skip
        second = undo_import(actor=actor, file_import=second, version=second.version)
        old.refresh_from_db()
        new.refresh_from_db()
        assert (old.ends, new.in_error) == (None, True)
        assert [one[4] for one in given("Rocket readers")] == [None, None]
        assert {row.outcome for row in rows_of(second)} == {"undone"}


def test_what_was_given_by_a_map_goes_back_with_its_library_and_groups():
    header = ("Pupil", "Provision", "Wave", "Sessions per week", "Minutes", "Group")
    with acting_as("senco") as actor:
        file = a_map(
            actor,
            ("Idris", "Rocket readers", "2", "3", "20", "Rockets"),
            ("Grace Atherton", "Rocket readers", "2", "3", "20", "Rockets"),
            ("Poppy Wren", "Star writers", "3", "1", "45", "1:1"),
            header=header,
        )
        assert [row.match for row in rows_of(file)] == ["doubtful", "new", "new"]
        idris = Pupil.objects.get(first_name="Idris")
        answers = {2: (Decision.USE, idris.pk)}
        file = applied(
            actor, decide(actor=actor, file_import=file, version=file.version, answers=answers)
        )
        rockets = Group.objects.get(name="Rockets")
        assert (rockets.kind, GroupPupil.objects.filter(group=rockets).count()) == ("support", 2)
        grace = Allocation.objects.get(pupil__first_name="Grace", group=rockets)
        sessions.log_session(actor=actor, allocations=[grace], on=actor.today)
        kept = prospect(actor, file).why()
        assert len(kept) == 1 or len(kept) == 2
        file = undo_import(actor=actor, file_import=file, version=file.version)
        assert [one[0] for one in given("Rocket readers")] == ["Grace"]
        assert given("Star writers") == []
        assert Provision.objects.get(name="Star writers").ended_on == actor.today
        assert Provision.objects.get(name="Rocket readers").ended_on is None
        assert Group.objects.get(name="Rockets").ended_on is None
        stays = Trace.objects.filter(file=file, fate="kept").values_list("thing", flat=True)
        assert sorted(set(stays)) == [
            "people.Group", "provision.Allocation", "provision.Provision",
        ]  # fmt: skip


def test_numbers_that_cannot_be_a_promise_and_hostile_cells_are_refused_or_kept_as_words():
    with acting_as("senco") as actor:
        file = a_map(
            actor,
            ("Idris", "4R", "=cmd|' /C calc'!A0", "2", "3x20", "<script>", "", "", ""),
            ("Idris", "4R", "B" * 121, "2", "3x20", "", "", "", ""),
            ("Idris", "4R", "Late", "2", "3x20", "", "01/09/2019", "", ""),
            ("Idris", "4R", "Turned", "2", "3x20", "", "01/03/2027", "01/02/2027", ""),
            ("Idris", "4R", "Seldom", "2", "fortnightly", "", "", "", ""),
        )
        rows = rows_of(file)
        assert [row.match for row in rows] == ["new", "refused", "refused", "refused", "doubtful"]
        assert "more than a year" in told(rows[2])
        assert "before the first day" in told(rows[3])
        assert "less often than every week" in said(rows[4].notes[0]["said"])
        applied(actor, file)
        assert Provision.objects.filter(name="=cmd|' /C calc'!A0").exists()
