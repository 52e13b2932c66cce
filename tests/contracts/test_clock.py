"""Nobody below the page asks what day it is, and nobody writes SQL outside the walls."""

import ast

from opensenco.gate.clock import clock
from opensenco.kernel.clock import london_time
from tests.cast import TODAY
from tests.contracts.walk import each, name, python_files, tree

CLOCK_CALLS = {"now", "today", "utcnow", "localdate", "localtime", "time_ns", "monotonic"}
MAY_ASK = {
    "opensenco/kernel/clock.py": "the clock itself",
    "opensenco/kernel/patience.py": "how long something takes, and never what day it is",
    "opensenco/gate/clock.py": "which clock this process reads",
    "opensenco/gate/page.py": "the door asks once and passes it down",
}
#: commands and jobs read the clock once and pass it down, as pages do
MAY_ASK_IN = ("opensenco/ops/",)
SQL_PLACES = {
    "opensenco/access/entering.py",
    "opensenco/access/scope.py",
    "opensenco/access/walls.py",
    "opensenco/access/wording.py",
    "opensenco/access/migrating.py",
    "opensenco/gate/operation.py",
}
#: the readers of files know no database; a row's own text is `raw` there
SQL_PLACES_IN = ("opensenco/ops/", "opensenco/exchange/readers/")
SQL_WORDS = {"raw", "cursor", "extra", "RawSQL", "save_base"}


def calls(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            target = node.func
            called = target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")
            yield called, node


@each(python_files("opensenco"), name)
def test_the_clock_is_passed_in(path):
    where = name(path)
    if where in MAY_ASK or where.startswith(MAY_ASK_IN):
        return
    asked = [
        node.lineno
        for called, node in calls(path)
        if called in CLOCK_CALLS
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "timezone", "time", "dt"}
    ]
    assert not asked, f"{where}:{asked} asks the clock. Take `today` or `actor.at` as an argument."


@each(python_files("opensenco"), name)
def test_sql_is_written_only_beside_the_walls(path):
    where = name(path)
    if where in SQL_PLACES or where.startswith(SQL_PLACES_IN):
        return
    found = [
        f"{node.lineno} {called}"
        for called, node in calls(path)
        if called in SQL_WORDS and isinstance(node.func, ast.Attribute)
    ]
    assert not found, f"{where}: {found}. Ask through a scoped manager instead."


def test_a_run_of_tests_begins_at_noon_of_its_day_whenever_it_is_begun():
    now = london_time(clock().now())
    assert now.date() == TODAY
    assert now.hour >= 12
