"""Pytest plugin: which test proves which requirement, rule or worked example, on which database.

Tests say so by markers: `requirement("S1-13", "S2-17")`, `rule("APD-05")`, `vector("VEC-18")`.
Each run merges what it saw into `.proof/requirements.json`, which `opensenco requirements` reads.

OPENSENCO_TEST_DB names the leg: sqlite (also where it is not set) or postgres. A test drives
pages or a browser if it lives below tests/pages/ or tests/browser/. What counts as proven stands
in opensenco/ops/requirements.py.

How runs merge, for the leg that ran; the other leg's results stay:
  - a test that ran replaces its own results;
  - a test that was collected and left out (-k, -m, --deselect, -x) keeps its earlier ones;
  - below the paths that the run was given, a result whose test was not collected any more goes.
A run of everything therefore replaces its whole leg. Results of a file that is gone go in any leg.
"""

import os
import sqlite3
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest

from opensenco.ops import requirements
from opensenco.ops.requirements import Kind, Outcome, RequirementsError, Result
from tests.support import legs

DATABASE_VARIABLE = "OPENSENCO_TEST_DB"
PROPERTY = "proof"
MARKERS: Mapping[Kind, str] = {
    "requirement": "what of docs/requirements.toml this test proves",
    "rule": "the rule of law or practice this test proves",
    "vector": "the worked example this test repeats",
}

# Kind and ID in pairs; lists, because they travel between processes as plain data.
Marks = list[list[str]]


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers and start recording.

    Raises:
        pytest.UsageError: the register cannot be read, or the leg is unknown.
    """
    for kind, meaning in MARKERS.items():
        config.addinivalue_line("markers", f"{kind}(*ids): {meaning}")
    database = os.environ.get(DATABASE_VARIABLE) or "sqlite"
    if database not in requirements.DATABASES:
        choices = " or ".join(requirements.DATABASES)
        raise pytest.UsageError(f"{DATABASE_VARIABLE} is {database!r}. Use {choices}.")
    try:
        register = requirements.read_register(config.rootpath / requirements.REGISTER)
    except RequirementsError as error:
        raise pytest.UsageError(str(error)) from error
    recorder = Recorder(config, database, {requirement.id for requirement in register})
    config.pluginmanager.register(recorder, "requirement-proof")


def marks_of(item: pytest.Item) -> Marks:
    """Give the marks of a test with those of its class and module."""
    return [
        [kind, str(name)]
        for kind in requirements.KINDS
        for marker in item.iter_markers(kind)
        for name in marker.args
    ]


def faults_of(item: pytest.Item, known: Collection[str]) -> list[str]:
    """Give one line for each marker of a test that names nothing, or something unknown."""
    faults = []
    for kind in requirements.KINDS:
        for marker in item.iter_markers(kind):
            if marker.kwargs or not marker.args:
                faults.append((kind, "name one or more IDs, without keywords."))
            faults += [(kind, requirements.fault_in_id(kind, name, known)) for name in marker.args]
    return [f"{item.nodeid}: {kind} marker: {fault}" for kind, fault in faults if fault]


def outcome_of(report: pytest.TestReport) -> Outcome | None:
    """Say what one phase of a test means for its outcome; None where it means nothing yet.

    A test that is expected to fail proves nothing, whichever way it goes.
    """
    if hasattr(report, "wasxfail"):
        return "xfailed"
    if report.failed:
        return "failed"
    if report.skipped:
        return "skipped"
    return "passed" if report.when == "call" else None


def swept_by(config: pytest.Config) -> Callable[[Path], bool]:
    """Say which files a run was told to collect whole, by its paths and its options.

    A path that goes on with "::" is no file, and nothing is below it. A file without a test of
    this leg was not loaded.
    """
    if any(config.getoption(name, None) for name in ("lf", "pyargs", "ignore_glob")):
        return lambda path: False
    start = config.invocation_params.dir
    given = [(start / each).resolve() for each in config.args]
    left_out = [(start / each).resolve() for each in config.getoption("ignore") or ()]

    def below(path: Path, roots: Iterable[Path]) -> bool:
        return any(path.is_relative_to(root) for root in roots)

    leg = config.getoption("leg", None)
    database = os.environ.get(DATABASE_VARIABLE) or "sqlite"

    def swept(path: Path) -> bool:
        whole = below(path, given) and not below(path, left_out)
        return whole and not legs.elsewhere(path, leg, database)

    return swept


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep another leg from merging at the same moment.

    SQLite's file lock works on every system and is let go by a process that is killed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = sqlite3.connect(folder / "lock", timeout=60, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        lock.close()


class Recorder:
    """Collects one run; with xdist one in each worker for the markers, one at home for the rest."""

    def __init__(self, config: pytest.Config, database: str, known: Collection[str]) -> None:
        """Start with nothing seen.

        Args:
            config: of this run.
            database: the leg, sqlite or postgres.
            known: the IDs of the register.
        """
        self.config = config
        self.database = database
        self.known = known
        self.collected: dict[str, Marks] | None = None
        self.reported: dict[str, Marks] = {}
        self.outcomes: dict[str, Outcome] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Turn a marker that names nothing known into a collection error."""
        report = yield
        items = [each for each in report.result or () if isinstance(each, pytest.Item)]
        faults = [fault for item in items for fault in faults_of(item, self.known)]
        if faults:
            report.outcome = "failed"
            report.longrepr = "\n".join(faults)
            report.result = []
        return report

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> Generator[None]:
        """Note the markers before anything is deselected."""
        self.collected = {item.nodeid: marks for item in items if (marks := marks_of(item))}
        for item in items:
            if item.nodeid in self.collected:
                item.user_properties.append((PROPERTY, self.collected[item.nodeid]))
        if self._at_work():
            output: dict[str, object] = self.config.workeroutput  # type: ignore[attr-defined]
            output[PROPERTY] = self.collected
        yield

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """Take over what a worker collected; one that crashed leaves nothing."""
        sent = getattr(node, "workeroutput", {}).get(PROPERTY)
        if sent is not None:
            self.collected = {**(self.collected or {}), **sent}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the worst outcome of a test's phases."""
        outcome = outcome_of(report)
        if outcome is None:
            return
        test = report.nodeid
        marks = dict(report.user_properties).get(PROPERTY)
        if marks is not None:
            self.reported[test] = cast("Marks", marks)
        worse = requirements.OUTCOMES.index
        self.outcomes[test] = max(self.outcomes.get(test, outcome), outcome, key=worse)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """Merge this run into the file, in the process that the workers report to."""
        seen = self.collected is not None or self.outcomes
        if self._at_work() or self.config.getoption("collectonly") or not seen:
            return
        path = self.config.rootpath / requirements.RESULTS
        with alone_in(path.parent):
            try:
                earlier = requirements.read_results(path)
            except RequirementsError:
                # What cannot be read proves nothing; the next runs fill it again.
                earlier = ()
            results = {*self._kept(earlier), *self._fresh(earlier)}
            requirements.write_results(path, results)

    def _at_work(self) -> bool:
        return hasattr(self.config, "workeroutput")

    def _fresh(self, earlier: Iterable[Result]) -> Iterator[Result]:
        """Give this run's results.

        A worker that crashed names its test without the markers; another worker's list has them,
        and where every worker crashed, the earlier results do.
        """
        marks: dict[str, Marks] = {}
        if self.collected is None:
            for result in earlier:
                marks.setdefault(result.test, []).append([result.kind, result.id])
        marks |= {**(self.collected or {}), **self.reported}
        for test, outcome in self.outcomes.items():
            for kind, name in marks.get(test, ()):
                yield Result(
                    kind=cast("Kind", kind),
                    id=name,
                    test=test,
                    database=self.database,
                    outcome=outcome,
                    drives_pages=requirements.drives_pages(test),
                )

    def _kept(self, earlier: Iterable[Result]) -> Iterator[Result]:
        """Give the earlier results that this run says nothing against."""
        collected = self.collected or {}
        swept = swept_by(self.config)
        for result in earlier:
            file = self.config.rootpath / result.test.split("::")[0]
            if not file.exists():
                continue
            if result.database != self.database:
                yield result
            elif result.test in self.outcomes:
                continue
            elif result.test in collected:
                if [result.kind, result.id] in collected[result.test]:
                    yield result
            elif not swept(file.resolve()):
                yield result
