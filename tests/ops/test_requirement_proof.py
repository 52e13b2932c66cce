"""The pytest plugin that collects proof, tried on small test trees of its own. No database."""

import json
import threading
from dataclasses import replace

import pytest

from opensenco.ops import requirements
from tests.support.proof import alone_in

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.thorough

REGISTER = """
[[requirement]]
id = "S1-13"
title = "Stale records listed"
priority = 1
state = "open"
note = ""

[[requirement]]
id = "S1-14"
title = "Packs shared"
priority = 1
state = "open"
note = ""
"""

LAW = """
import pytest

@pytest.mark.requirement("S1-13")
@pytest.mark.rule("APD-05")
@pytest.mark.vector("VEC-18", "VEC-19")
def test_stale():
    assert {holds}

def test_without_marker():
    pass
"""

PAGE = """
import pytest

pytestmark = pytest.mark.requirement("S1-14")

@pytest.mark.requirement("S1-13")
class TestOverview:
    @pytest.mark.parametrize("name", ["a", "b@c"])
    def test_lists(self, name):
        pass

    @pytest.mark.requirement("S1-14")
    def test_links(self):
        pass
"""

STALE = "tests/law/test_stale.py::test_stale"
LISTS = "tests/pages/test_overview.py::TestOverview::test_lists"
LINKS = "tests/pages/test_overview.py::TestOverview::test_links"


CRASH = "__import__('os')._exit(3)"


class Tree:
    """A tree of tests and what a run of it leaves behind."""

    def __init__(self, pytester, monkeypatch):
        self.pytester = pytester
        self.monkeypatch = monkeypatch

    def write(self, path, text):
        file = self.pytester.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def run(self, *words, database="sqlite", apart=False):
        self.monkeypatch.setenv("OPENSENCO_TEST_DB", database)
        words = ("-p", "tests.support.proof", "--strict-markers", *words)
        if apart:
            return self.pytester.runpytest_subprocess(*words)
        return self.pytester.runpytest_inprocess(*words)

    @property
    def results(self):
        return requirements.read_results(self.pytester.path / requirements.RESULTS)

    def outcomes(self, name="S1-13", kind="requirement"):
        """Give {(database, test): outcome} for one ID."""
        return {
            (each.database, each.test): each.outcome
            for each in self.results
            if (each.kind, each.id) == (kind, name)
        }


@pytest.fixture
def tree(pytester, monkeypatch):
    # The outer run's plugins (Django, browser, random order) have no business in here.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", str(requirements.ROOT))
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    for variable in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "PYTEST_XDIST_TESTRUNUID"):
        monkeypatch.delenv(variable, raising=False)
    pytester.makeini("[pytest]\ntestpaths = tests\ncache_dir = .cache")
    tree = Tree(pytester, monkeypatch)
    tree.write("docs/requirements.toml", REGISTER)
    tree.write("tests/law/test_stale.py", LAW.format(holds=True))
    tree.write("tests/pages/test_overview.py", PAGE)
    return tree


class TestOneRun:
    def test_writes_per_id_which_tests_ran_and_how_they_ended(self, tree):
        tree.run().assert_outcomes(passed=5)

        written = json.loads((tree.pytester.path / ".proof/requirements.json").read_text())
        law = {"test": STALE, "database": "sqlite", "outcome": "passed", "drives_pages": False}
        page = {**law, "drives_pages": True}
        pages = [{**page, "test": test} for test in (LINKS, f"{LISTS}[a]", f"{LISTS}[b@c]")]
        assert written == {
            "format": 1,
            "requirement": {"S1-13": [law, *pages], "S1-14": pages},
            "rule": {"APD-05": [law]},
            "vector": {"VEC-18": [law], "VEC-19": [law]},
        }

    def test_is_on_sqlite_where_nothing_else_is_said(self, tree):
        tree.run(database="")

        assert {each.database for each in tree.results} == {"sqlite"}

    @pytest.mark.parametrize(
        ("body", "outcome"),
        [
            ("assert False", "failed"),
            ("request.getfixturevalue('bad_start')", "failed"),
            ("request.getfixturevalue('bad_end')", "failed"),
            ("request.getfixturevalue('idle_end'); assert False", "failed"),
            ("pytest.skip('no reason')", "skipped"),
            ("pytest.xfail('known')", "xfailed"),
            ("request.applymarker(pytest.mark.xfail(strict=False))", "xfailed"),
            ("request.applymarker(pytest.mark.xfail(strict=True))", "failed"),
        ],
    )
    def test_takes_only_a_clean_pass_for_a_pass(self, tree, body, outcome):
        tree.write(
            "tests/law/test_stale.py",
            f"""
import pytest

@pytest.fixture
def bad_start():
    raise RuntimeError

@pytest.fixture
def bad_end():
    yield
    raise RuntimeError

@pytest.fixture
def idle_end():
    yield
    pytest.skip("no reason")

@pytest.mark.requirement("S1-13")
def test_stale(request):
    {body}
""",
        )

        tree.run("tests/law")

        assert tree.outcomes() == {("sqlite", STALE): outcome}

    def test_that_is_broken_off_says_nothing_of_the_test_it_was_in(self, tree):
        tree.write("tests/law/test_stale.py", LAW.format(holds="pytest.exit('enough')"))

        tree.run()

        assert tree.results == ()

    def test_that_only_collects_writes_nothing(self, tree):
        tree.run("--collect-only")

        assert not (tree.pytester.path / ".proof").exists()

    def test_that_finds_no_such_path_writes_nothing(self, tree):
        tree.run("tests/none")

        assert not (tree.pytester.path / ".proof").exists()


class TestRefusals:
    @pytest.mark.parametrize(
        ("marker", "line"),
        [
            (
                'requirement("S1-15")',
                "*requirement marker: S1-15 is not in docs/requirements.toml. Near: S1-1*",
            ),
            ('requirement("S1-13", "S113")', "*'S113' does not look like a requirement*"),
            ('rule("S1-13")', "*rule marker: 'S1-13' does not look like a rule*"),
            ('vector("APD-05")', "*vector marker: 'APD-05' does not look like a vector*"),
            ("requirement", "*requirement marker: name one or more IDs*"),
            ('requirement("S1-13", on="pages")', "*requirement marker: name one or more IDs*"),
        ],
    )
    def test_an_id_that_is_none_is_a_collection_error(self, tree, marker, line):
        mark = f"@pytest.mark.{marker}"
        tree.write("tests/test_wrong.py", f"import pytest\n{mark}\ndef test_it(): pass\n")

        run = tree.run()

        run.assert_outcomes(errors=1)
        run.stdout.fnmatch_lines(["*ERROR collecting tests/test_wrong.py*", line])
        assert run.ret == pytest.ExitCode.INTERRUPTED

    @pytest.mark.parametrize(
        "test",
        [
            "@{mark}\nclass TestIt:\n  def test_it(self): pass",
            "pytestmark = {mark}\ndef test_it(): pass",
            "@pytest.mark.parametrize('x', [pytest.param(1, marks={mark})])\ndef test_it(x): pass",
        ],
        ids=["class", "module", "parameter"],
    )
    def test_so_it_is_wherever_the_marker_stands(self, tree, test):
        text = test.format(mark='pytest.mark.requirement("S1-31")')
        tree.write("tests/test_wrong.py", f"import pytest\n{text}\n")

        tree.run("tests/test_wrong.py").assert_outcomes(errors=1)

    def test_an_unknown_id_is_one_error_with_workers_too(self, tree):
        tree.write(
            "tests/test_wrong.py",
            'import pytest\n@pytest.mark.requirement("S1-31")\ndef test_it(): pass\n',
        )

        run = tree.run("-p", "xdist.plugin", "-n", "2", apart=True)

        run.assert_outcomes(errors=1, passed=5)
        assert run.ret == pytest.ExitCode.TESTS_FAILED
        run.stdout.fnmatch_lines(["*S1-31 is not in docs/requirements.toml. Near: S1-14, S1-13.*"])

    def test_an_unknown_database_stops_the_run(self, tree):
        run = tree.run(database="oracle")

        assert run.ret == pytest.ExitCode.USAGE_ERROR
        run.stderr.fnmatch_lines(["*OPENSENCO_TEST_DB is 'oracle'. Use sqlite or postgres.*"])

    def test_a_wrong_register_stops_the_run(self, tree):
        tree.write("docs/requirements.toml", REGISTER * 2)

        run = tree.run()

        assert run.ret == pytest.ExitCode.USAGE_ERROR
        run.stderr.fnmatch_lines(["*S1-13 is there twice.*"])


class TestSeveralRuns:
    @pytest.fixture(autouse=True)
    def both_legs(self, tree):
        tree.run()
        sqlite = tree.results
        postgres = [replace(each, database="postgres") for each in sqlite]
        requirements.write_results(tree.pytester.path / requirements.RESULTS, [*sqlite, *postgres])
        self.before = tree.results

    def test_of_both_legs_stand_side_by_side(self, tree):
        (tree.pytester.path / requirements.RESULTS).unlink()
        tree.run()
        tree.run(database="postgres")

        tests = [STALE, LINKS, f"{LISTS}[a]", f"{LISTS}[b@c]"]

        assert tree.results == self.before
        assert tree.outcomes() == {
            (database, test): "passed" for database in ("sqlite", "postgres") for test in tests
        }

    def test_a_new_run_replaces_its_own_leg_alone(self, tree):
        tree.write("tests/law/test_stale.py", LAW.format(holds=False))

        tree.run(database="postgres")

        assert tree.outcomes("APD-05", "rule") == {
            ("sqlite", STALE): "passed",
            ("postgres", STALE): "failed",
        }

    def test_a_test_renamed_takes_its_old_name_along(self, tree):
        tree.write(
            "tests/law/test_stale.py", LAW.format(holds=True).replace("test_stale", "test_x")
        )

        tree.run()

        law = set(tree.outcomes("VEC-18", "vector"))
        assert law == {("sqlite", STALE.replace("::test_stale", "::test_x")), ("postgres", STALE)}

    def test_a_marker_taken_away_takes_its_result_along(self, tree):
        text = LAW.format(holds=True).replace('@pytest.mark.rule("APD-05")', "")
        tree.write("tests/law/test_stale.py", text)

        tree.run("-k", "nothing_of_this_name")

        assert ("sqlite", STALE) in tree.outcomes("VEC-18", "vector")
        assert tree.outcomes("APD-05", "rule") == {("postgres", STALE): "passed"}

    def test_the_last_marker_taken_away_takes_its_result_along(self, tree):
        tree.write("tests/law/test_stale.py", "def test_stale(): pass")

        tree.run(STALE)

        assert tree.outcomes("APD-05", "rule") == {("postgres", STALE): "passed"}

    def test_a_file_deleted_goes_from_both_legs(self, tree):
        (tree.pytester.path / "tests/law/test_stale.py").unlink()

        tree.run("tests/pages")

        assert tree.outcomes("VEC-18", "vector") == {}

    @pytest.mark.parametrize(
        "words",
        [
            ("tests/law",),
            (STALE,),
            ("-k", "stale"),
            ("--deselect", LISTS),
            ("--ignore", "tests/pages"),
            ("--ignore-glob", "*overview*"),
            ("-x",),
        ],
    )
    def test_a_part_of_the_tests_leaves_the_others_as_they_were(self, tree, words):
        tree.write("tests/law/test_stale.py", LAW.format(holds=False))

        tree.run(*words)

        changed = set(tree.results) ^ set(self.before)
        assert {(each.database, each.test) for each in changed} == {("sqlite", STALE)}
        assert {each.outcome for each in changed} == {"passed", "failed"}

    def test_one_test_of_a_file_leaves_the_others_as_they_were(self, tree):
        tree.run(LINKS).assert_outcomes(passed=1)

        assert tree.results == self.before

    def test_the_failed_ones_again_leaves_the_others_as_they_were(self, tree):
        tree.write("tests/law/test_stale.py", LAW.format(holds=False))
        tree.run()
        failing = tree.results
        tree.write("tests/law/test_stale.py", LAW.format(holds=True))

        tree.run("--lf").assert_outcomes(passed=1)

        assert len(failing) == len(self.before)
        assert tree.results == self.before

    def test_a_file_that_no_longer_imports_proves_nothing(self, tree):
        tree.write("tests/law/test_stale.py", "import nothing_of_this_name")

        tree.run()

        assert tree.outcomes("VEC-18", "vector") == {("postgres", STALE): "passed"}

    def test_a_damaged_file_is_begun_anew(self, tree):
        tree.write(".proof/requirements.json", "{")

        tree.run()

        assert set(tree.results) == {each for each in self.before if each.database == "sqlite"}


@pytest.mark.process
class TestWorkers:
    def test_leave_what_one_process_leaves(self, tree):
        tree.run()
        alone = tree.results
        (tree.pytester.path / requirements.RESULTS).unlink()

        tree.run("-p", "xdist.plugin", "-n", "2", apart=True).assert_outcomes(passed=5)

        assert tree.results == alone

    def test_that_run_a_part_leave_the_others_as_they_were(self, tree):
        tree.run()
        before = tree.results

        words = ("-p", "xdist.plugin", "-n", "2", "-k", "stale")
        tree.run(*words, apart=True).assert_outcomes(passed=2)

        assert tree.results == before

    @pytest.mark.parametrize("again", [(), ("--max-worker-restart", "0")])
    def test_that_crash_leave_a_failure_and_not_the_pass_of_before(self, tree, again):
        tree.run()
        tree.write("tests/law/test_stale.py", LAW.format(holds=CRASH))

        words = ("-p", "xdist.plugin", "-n", "1", *again, "tests/law")
        tree.run(*words, apart=True)

        assert tree.outcomes("VEC-18", "vector") == {("sqlite", STALE): "failed"}
        assert tree.outcomes("S1-14")["sqlite", LINKS] == "passed"

    def test_that_all_crash_leave_what_they_had_reported(self, tree):
        tree.write("tests/law/test_stale.py", LAW.format(holds=CRASH))

        words = ("-p", "xdist.plugin", "-n", "1", "--max-worker-restart", "0")
        tree.run(*words, "tests/pages", "tests/law", apart=True)

        assert tree.outcomes()["sqlite", LINKS] == "passed"


def test_two_legs_that_end_at_once_merge_one_after_the_other(tmp_path):
    order = []

    def second():
        with alone_in(tmp_path):
            order.append("second")

    with alone_in(tmp_path):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(timeout=0.2)
        assert thread.is_alive()
        order.append("first")
    thread.join(timeout=10)

    assert order == ["first", "second"]
