"""Which backups stay, and what a key file may say."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from opensenco.ops.backup.keeping import Rule, moment_of, stamp
from opensenco.ops.backup.sealing import Key

#: one each night for two years and a bit
NIGHTS = [
    stamp(datetime(2027, 1, 1, 2, 30, tzinfo=UTC) + timedelta(days=day)) for day in range(800)
]


def test_the_newest_of_each_day_week_and_month_stays() -> None:
    stay = Rule.read("14/8/12").stay(NIGHTS)
    kept = sorted(stay)
    assert set(NIGHTS[-14:]) <= stay
    assert kept[-1] == NIGHTS[-1]
    weeks = {moment.isocalendar()[:2] for name in kept if (moment := moment_of(name))}
    months = {(moment.year, moment.month) for name in kept if (moment := moment_of(name))}
    assert len(months) == 12
    assert len(weeks) >= 8
    # of a month that is over its last night, and of a day with two the later
    assert "2029-02-28T02-30-00Z" in stay
    twice = [*NIGHTS[-3:], NIGHTS[-1].replace("02-30", "14-30")]
    assert Rule.read("1").stay(twice) == {twice[-1]}


def test_whatever_the_rule_the_newest_stays_and_strange_names_are_left_alone() -> None:
    assert Rule.read("0/0/1").stay(NIGHTS[:3]) == {NIGHTS[2]}
    assert Rule.read("5").stay(["lost+found", NIGHTS[0]]) == {NIGHTS[0]}


@pytest.mark.parametrize("said", ["", "0", "0/0/0", "daily", "-3", "1/2/3/4"])
def test_a_rule_that_keeps_nothing_is_refused(said: str) -> None:
    with pytest.raises(CommandError, match="--keep"):
        Rule.read(said)


def test_a_key_file_that_is_none_is_refused_without_repeating_it(tmp_path: Path) -> None:
    file = tmp_path / "key"
    with pytest.raises(CommandError, match="cannot be read"):
        Key.read(file)
    for said in ("", "# a remark alone\n", "hunter2\n", "age1tooshort\n", "AGE-SECRET-KEY-1X\n"):
        file.write_text(said, encoding="utf-8")
        with pytest.raises(CommandError, match="holds no key") as refused:
            Key.read(file)
        assert "hunter2" not in str(refused.value)
