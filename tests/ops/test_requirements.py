"""The register, what counts as proven, and the command that joins them. No database."""

import json
from collections import Counter
from io import StringIO
from itertools import groupby, product
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from opensenco.ops import requirements
from opensenco.ops.management.commands.requirements import Command
from opensenco.ops.requirements import Outcome, Requirement, RequirementsError, Result

COUNTS = {"S0": 51, "S1": 31, "S2": 49, "S3": 61, "S4": 47}
PRIORITIES = {1: 127, 2: 88, 3: 24}

PAGE = "tests/pages/concerns/test_raise.py::test_teacher_raises"
STORY = "tests/browser/test_journey.py::test_first_term"
UNIT = "tests/law/test_stale.py::test_stale_after_a_year"

BLOCK = """
[[requirement]]
id = "{id}"
title = "{title}"
priority = 1
state = "{state}"
note = "{note}"
"""

# Right but for one word.
DAMAGED = """
{{"format": 1, "rule": {{}}, "vector": {{}}, "requirement": {{"S1-13": [
  {{"test": "a", "database": "{database}", "outcome": "{outcome}", "drives_pages": true}}
]}}}}
"""


def block(id="S1-13", title="Stale records listed", state="open", note=""):
    return BLOCK.format(id=id, title=title, state=state, note=note)


def result(
    test: str = PAGE,
    database: str = "sqlite",
    outcome: Outcome = "passed",
    id: str = "S1-13",
) -> Result:
    return Result("requirement", id, test, database, outcome, requirements.drives_pages(test))


def judged(*results: Result) -> tuple[str, ...]:
    wanted = Requirement("S1-13", "Stale records listed", 1, "built", "")
    return requirements.judge(wanted, results).missing


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    return tmp_path


def register(root: Path, *blocks: str) -> Path:
    path = root / requirements.REGISTER
    path.write_text("".join(blocks), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def ours() -> tuple[Requirement, ...]:
    return requirements.read_register(requirements.ROOT / requirements.REGISTER)


class TestOurRegister:
    """docs/requirements.toml itself."""

    def test_holds_every_requirement_of_every_group(self, ours):
        expected = [
            f"{group}-{number:02}"
            for group, count in COUNTS.items()
            for number in range(1, count + 1)
        ]

        assert [each.id for each in ours] == expected

    def test_holds_each_priority_as_often_as_it_was_given(self, ours):
        assert Counter(each.priority for each in ours) == PRIORITIES

    def test_says_each_thing_once_and_briefly(self, ours):
        titles = Counter(each.title.casefold() for each in ours)

        assert [title for title, times in titles.items() if times > 1] == []
        assert [each.id for each in ours if len(each.title) > 72] == []

    def test_refers_only_to_requirements_that_exist(self, ours):
        known = {each.id for each in ours}
        words = " ".join(each.title for each in ours)

        assert set(requirements.PATTERNS["requirement"].findall(words)) <= known


class TestReadingTheRegister:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            (block() + block(), "S1-13 is there twice"),
            (block(id="S9-01"), "S9-01: missing, wrong or unknown: id"),
            (block(title=" "), "S1-13: missing, wrong or unknown: title"),
            (block(state="done"), "S1-13: missing, wrong or unknown: state"),
            (block().replace("= 1", "= 4"), "unknown: priority"),
            (block().replace("= 1", "= true"), "unknown: priority"),
            (block().replace('note = ""', ""), "unknown: note"),
            (block() + 'owner = "me"', "unknown: owner"),
            ("[[requirement]]", "a block without id: missing"),
            ("requirement = [1]", "a block without id: missing"),
            ("", r"must hold \[\[requirement\]\] blocks"),
            ("x = 1" + block(), "and nothing else"),
            ("id = ", "cannot be read"),
        ],
    )
    def test_refuses_what_is_wrong_and_says_which(self, root, text, message):
        path = register(root, text)

        with pytest.raises(RequirementsError, match=message):
            requirements.read_register(path)

    def test_says_when_it_is_not_there(self, tmp_path):
        with pytest.raises(RequirementsError, match="is not there"):
            requirements.read_register(tmp_path / "none.toml")


class TestIDs:
    @pytest.mark.parametrize(
        ("kind", "name"),
        [
            ("requirement", "S1-13"),
            ("rule", "APD-05"),
            ("rule", "FUND-104"),
            ("vector", "VEC-18"),
            ("vector", "FTV-04"),
        ],
    )
    def test_right_ones_have_no_fault(self, kind, name):
        assert requirements.fault_in_id(kind, name, {"S1-13"}) == ""

    @pytest.mark.parametrize(
        ("kind", "name"),
        [
            ("requirement", "APD-05"),
            ("requirement", "S1-13 "),
            ("requirement", 13),
            ("rule", "S1-13"),
            ("rule", "VEC-18"),
            ("rule", "APD-5"),
            ("rule", "apd-05"),
            ("vector", "APD-05"),
            ("vector", "VEC18"),
            ("vector", None),
        ],
    )
    def test_others_do_not_look_like_one(self, kind, name):
        fault = requirements.fault_in_id(kind, name, {"S1-13"})

        assert f"does not look like a {kind}" in fault

    def test_an_unknown_one_is_told_its_neighbours(self):
        fault = requirements.fault_in_id("requirement", "S1-31", {"S1-13", "S1-30", "S4-02"})

        assert fault.startswith("S1-31 is not in docs/requirements.toml. Near: ")
        assert "S1-30" in fault

    def test_one_near_nothing_is_told_nothing(self):
        fault = requirements.fault_in_id("requirement", "S1-31", {"S4-02"})

        assert fault == "S1-31 is not in docs/requirements.toml."


class TestProven:
    def test_by_one_page_test_that_passes_on_both(self):
        assert judged(result(), result(database="postgres")) == ()

    def test_by_a_browser_story_on_postgres_with_a_law_test_on_sqlite(self):
        assert judged(result(STORY, "postgres"), result(UNIT, "sqlite")) == ()

    def test_though_a_test_is_skipped_on_one_database_and_passes_on_the_other(self):
        assert (
            judged(
                result(),
                result(database="postgres"),
                result(STORY, "postgres"),
                result(STORY, "sqlite", "skipped"),
            )
            == ()
        )

    def test_not_without_a_test(self):
        assert judged() == ("no test names it",)

    def test_not_by_the_tests_of_another_requirement_or_by_a_rule_of_the_same_name(self):
        rule = Result("rule", "S1-13", PAGE, "sqlite", "passed", True)

        assert judged(result(id="S1-14"), rule) == ("no test names it",)

    def test_not_on_one_database_alone(self):
        assert judged(result()) == ("no test of it passed on PostgreSQL",)

    def test_not_without_driving_pages(self):
        missing = judged(result(UNIT), result(UNIT, "postgres"))

        assert missing == ("no test of it that passed drives pages or a browser",)

    def test_not_by_a_page_test_that_was_skipped(self):
        missing = judged(result(UNIT), result(UNIT, "postgres"), result(outcome="skipped"))

        assert missing == (
            f"skipped wherever it ran: {PAGE}",
            "no test of it that passed drives pages or a browser",
        )

    @pytest.mark.parametrize("outcome", ["failed", "xfailed"])
    def test_not_while_one_test_fails_on_one_database(self, outcome):
        missing = judged(
            result(), result(database="postgres"), result(UNIT, "postgres", outcome), result(UNIT)
        )

        assert missing == (f"on PostgreSQL: {UNIT} {outcome}",)

    def test_names_three_failing_tests_and_counts_the_rest(self):
        broken = [result(f"{UNIT}[{number}]", "sqlite", "failed") for number in range(5)]

        missing = judged(result(), result(database="postgres"), *broken)

        assert missing == (
            f"on SQLite: {UNIT}[0] failed, {UNIT}[1] failed, {UNIT}[2] failed and 2 more",
        )

    def test_exactly_as_defined_over_every_pair_of_outcomes(self):
        """Walk a page test and a law test through every outcome on each database."""
        ways = (*requirements.OUTCOMES, None)
        for outcomes in product(ways, repeat=4):
            places = product((PAGE, UNIT), requirements.DATABASES)
            results = [
                result(test, database, outcome)
                for (test, database), outcome in zip(places, outcomes, strict=True)
                if outcome
            ]
            by_test = [
                {each.outcome for each in group}
                for _, group in groupby(results, key=lambda each: each.test)
            ]
            passed = [each for each in results if each.outcome == "passed"]
            expected = (
                all("passed" in seen and seen <= {"passed", "skipped"} for seen in by_test)
                and {each.database for each in passed} == {"sqlite", "postgres"}
                and any(each.test == PAGE for each in passed)
            )
            assert (judged(*results) == ()) is expected, results


class TestResultsFile:
    def test_gives_back_what_was_written_in_order(self, tmp_path):
        results = [
            Result("vector", "VEC-18", UNIT, "sqlite", "passed", False),
            result(database="postgres"),
            result(outcome="failed"),
            Result("rule", "APD-05", UNIT, "sqlite", "skipped", False),
        ]
        path = tmp_path / ".proof" / "requirements.json"

        requirements.write_results(path, results)

        assert requirements.read_results(path) == tuple(sorted(results))
        assert [each.name for each in path.parent.iterdir()] == ["requirements.json"]

    def test_is_told_per_id_with_its_tests(self, tmp_path):
        path = tmp_path / "requirements.json"

        requirements.write_results(path, [result()])

        assert json.loads(path.read_text()) == {
            "format": 1,
            "requirement": {
                "S1-13": [
                    {"test": PAGE, "database": "sqlite", "outcome": "passed", "drives_pages": True}
                ]
            },
            "rule": {},
            "vector": {},
        }

    def test_that_is_not_there_holds_nothing(self, tmp_path):
        assert requirements.read_results(tmp_path / "none.json") == ()

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "[]",
            "{}",
            '{"format": 2, "requirement": {}, "rule": {}, "vector": {}}',
            '{"format": 1, "requirement": {}}',
            '{"format": 1, "requirement": {"S1-13": [{"test": "a"}]}, "rule": {}, "vector": {}}',
            DAMAGED.format(database="oracle", outcome="passed"),
            DAMAGED.format(database="sqlite", outcome="fine"),
        ],
    )
    def test_that_is_damaged_is_refused_with_the_mend(self, tmp_path, text):
        path = tmp_path / "requirements.json"
        path.write_text(text)

        with pytest.raises(RequirementsError, match=r"Delete it and run: python3 run\.py test"):
            requirements.read_results(path)


class TestCommand:
    def run(self, root, *words):
        """Give what it printed, and what it refused with."""
        out, refusal = StringIO(), ""
        command = Command()
        command.root = root
        try:
            call_command(command, *words, stdout=out)
        except CommandError as error:
            refusal = str(error)
        return out.getvalue(), refusal

    @pytest.fixture
    def three(self, root):
        """One built and proven, one open with a note, one open and proven."""
        register(
            root,
            block(state="built"),
            block("S1-14", "Packs shared", note="the transfer"),
            block("S1-15", "One inbox"),
        )
        requirements.write_results(
            root / requirements.RESULTS,
            [
                result(id=name, database=database)
                for name in ("S1-13", "S1-15")
                for database in requirements.DATABASES
            ],
        )
        return root

    def test_prints_a_table_and_says_how_far_we_are(self, three):
        out, refusal = self.run(three)

        assert out.splitlines() == [
            "ID     What                  State  Proven  Tests  Missing",
            "S1-13  Stale records listed  built  yes     1",
            "S1-14  Packs shared          open   no      0      the transfer; no test names it",
            "S1-15  One inbox             open   yes     1",
            "",
            "3 requirements: 1 marked built, 2 proven, 1 of these still marked open.",
        ]
        assert refusal == ""

    def test_leaves_out_with_open_what_is_built_and_proven(self, three):
        out, _ = self.run(three, "--open")

        assert [line[:5] for line in out.splitlines()[1:3]] == ["S1-14", "S1-15"]
        assert "S1-13" not in out
        assert "3 requirements: 1 marked built" in out

    def test_prints_the_same_as_json(self, three):
        out, _ = self.run(three, "--json", "--open")
        data = json.loads(out)

        assert data["counts"] == {"all": 3, "built": 1, "proven": 2, "open_and_proven": 1}
        assert [each["id"] for each in data["requirements"]] == ["S1-14", "S1-15"]
        assert data["requirements"][0] == {
            "id": "S1-14",
            "title": "Packs shared",
            "priority": 1,
            "state": "open",
            "note": "the transfer",
            "proven": False,
            "missing": ["no test names it"],
            "tests": [],
        }
        assert data["requirements"][1]["tests"][0]["test"] == PAGE

    @pytest.mark.parametrize("words", [(), ("--json",), ("--open",), ("--open", "--json")])
    def test_refuses_what_is_called_built_without_proof(self, root, words):
        register(root, block(state="built"), block("S1-14", "Packs shared", state="built"))
        requirements.write_results(root / requirements.RESULTS, [result()])

        out, refusal = self.run(root, *words)

        assert refusal.splitlines() == [
            "Marked built and not proven:",
            "S1-13: no test of it passed on PostgreSQL",
            "S1-14: no test names it",
        ]
        assert "S1-13" in out

    def test_says_where_proof_comes_from_when_there_is_none(self, root):
        register(root, block())

        out, refusal = self.run(root)

        assert out.endswith("No test run has left a result. Run: python3 run.py test\n")
        assert refusal == ""

    def test_refuses_a_damaged_file_in_one_line(self, root):
        register(root, block(state="finished"))

        out, refusal = self.run(root)

        assert out == ""
        assert refusal.endswith("S1-13: missing, wrong or unknown: state.")

    def test_ends_a_process_with_status_1(self, root, monkeypatch, capsys):
        register(root, block(state="built"))
        monkeypatch.setattr(Command, "root", root)

        with pytest.raises(SystemExit) as end:
            Command().run_from_argv(["opensenco", "requirements"])

        assert end.value.code == 1
        assert "S1-13: no test names it" in capsys.readouterr().err
