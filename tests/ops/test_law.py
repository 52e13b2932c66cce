"""`opensenco law` as a person or a program runs it."""

import json
import subprocess
from pathlib import Path

import pytest

from opensenco.law import rules
from opensenco.law.rule import Kind
from opensenco.ops import cli, law
from tests.support.databases import COMMAND, ROOT

Capture = pytest.CaptureFixture[str]


def test_it_needs_no_settings_no_django_and_no_data_folder(tmp_path: Path) -> None:
    script = (
        "import sys; from opensenco.ops import cli;"
        "code = cli.main(['law', 'compute', 'census', 'academic-year=2026', '--json']);"
        "sys.exit(code or ('django' in sys.modules))"
    )
    done = subprocess.run(
        [COMMAND[0], "-c", script],
        cwd=ROOT,
        env={"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert [step["due"] for step in json.loads(done.stdout)] == [
        "2026-10-01",
        "2027-01-21",
        "2027-05-20",
    ]
    assert not list(tmp_path.iterdir())


@pytest.mark.rule("CAL-07")
def test_the_working_day_before_is_shown_beside_the_day(capsys: Capture) -> None:
    words = ["compute", "needs-assessment", "requested=2026-11-13", "--json"]
    assert law.main(words) == 0
    decision = json.loads(capsys.readouterr().out)[0]
    assert (decision["due"], decision["last_working_day"]) == ("2026-12-25", "2026-12-24")
    assert law.main(["compute", "needs-assessment", "requested=2031-01-01", "--json"]) == 0
    decision = json.loads(capsys.readouterr().out)[0]
    assert (decision["due"], decision["last_working_day"]) == ("2031-02-12", None)


def test_a_clock_that_stands_on_a_day_is_kept_to(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("OPENSENCO_TODAY", "2026-10-20")
    assert law.main(["compute", "needs-assessment", "requested=2026-09-07", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["state"] == "late"
    monkeypatch.setenv("OPENSENCO_TODAY", "tomorrow")
    assert law.main(["compute", "needs-assessment", "requested=2026-09-07"]) == 2
    assert "EHC-04, today:" in capsys.readouterr().err


def test_it_is_a_command_like_the_others() -> None:
    assert cli.commands()["law"].startswith("Lists and explains")
    assert cli.main(["law", "list", "--kind", "note"]) == 0


def test_all_rules_are_listed_with_their_kind(capsys: Capture) -> None:
    assert law.main(["list", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["rule"] for each in told] == sorted(rules.RULES)
    assert {each["kind"] for each in told} == set(Kind)
    assert law.main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(told)
    assert "CAL-09  table     must      School day (unverified)" in lines


@pytest.mark.parametrize("kind", Kind)
def test_rules_of_one_kind_are_listed(kind: Kind, capsys: Capture) -> None:
    assert law.main(["list", "--kind", kind, "--json"]) == 0
    assert {each["kind"] for each in json.loads(capsys.readouterr().out)} == {kind}


def test_a_rule_and_a_timetable_are_explained(capsys: Capture) -> None:
    assert law.main(["explain", "IDN-12", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rule"], told["timetables"]) == ("IDN-12", ["concern-reply"])
    assert told["parameters"][0]["rows"][0]["value"] == 10
    assert law.main(["explain", "concern-reply", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [fact["name"] for fact in told["facts"]] == ["raised", "replied", "supported", "planned"]
    assert [fact["past"] for fact in told["facts"]] == [False, True, False, True]
    assert told["needs_calendar"] is True
    assert law.main(["explain", "idn-12"]) == 0
    assert "docs/law/concern-reply.md" in capsys.readouterr().out


def test_the_answer_for_people_says_why(capsys: Capture) -> None:
    words = ["compute", "census", "academic-year=2026", "--today", "2026-09-30"]
    assert law.main(words) == 0
    told = capsys.readouterr().out
    assert "autumn: 1 October 2026. In 1 day." in told
    assert "IDN-09, must: School census" in told
    assert "What moves it:" in told


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["compute", "cenus"], "law compute: There is no timetable “cenus”. There is: census."),
        (["explain", "XYZ-99"], "law explain: There is no rule of this name."),
        (["compute", "census"], "law compute: IDN-09, academic-year: This fact is needed."),
        (
            ["compute", "census", "academic-year=2026", "--today", "tomorrow"],
            "law compute: IDN-09, today: Write the date",
        ),
        (
            ["compute", "census", "academic-year=2026", "--calendar", "no/such/file"],
            "law compute: CAL-09, calendar: The file cannot be read: No such file or directory.",
        ),
        (["compute", "census", "academic-year=1999"], "law compute: IDN-09, academic-year: "),
        (["explain", "x\ny"], "law explain: "),
        (["compute", "census", "fo\no=1"], "law compute: "),
        (
            ["compute", "census", "academic-year=2026", "--today", ""],
            "law compute: IDN-09, today: Write the date",
        ),
        (
            ["compute", "census", "academic-year=2026", "--numbers", ""],
            "law compute: CAL-16, numbers: Give the name of a file.",
        ),
        (
            ["compute", "census", "academic-year=2026", "--numbers", "."],
            "law compute: CAL-16, numbers: The file cannot be read: Is a directory.",
        ),
        (
            ["compute", "census", "academic-year=2026", "--calendar", ""],
            "law compute: CAL-09, calendar: Give the name of a file.",
        ),
    ],
)
def test_a_refusal_is_one_line_and_two(words: list[str], line: str, capsys: Capture) -> None:
    assert law.main(words) == 2
    told = capsys.readouterr()
    assert told.err.startswith(f"opensenco {line}")
    assert told.err.count("\n") == 1
    assert told.out == ""


@pytest.mark.parametrize(
    "words", [[], ["compute"], ["list", "--kind", "rule"], ["compute", "census", "--jsn"]]
)
def test_a_misspelt_word_is_one_line_and_two(words: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as stopped:
        law.main(words)
    assert stopped.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.rule("CAL-16")
def test_numbers_that_were_set_are_used_and_named(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text(
        "key,from,to,value,source,origin\n"
        "rev.ask_advice_days,2026-01-01,2026-12-31,60,Panel minute 3,authority\n"
        "rev.ask_advice_days,2027-01-01,,30,Panel minute 14,authority\n",
        encoding="utf-8",
    )
    words = ["compute", "annual-review", "meeting=2027-02-09", "--numbers", str(path)]
    assert law.main([*words, "--json"]) == 0
    told = {step["step"]: step for step in json.loads(capsys.readouterr().out)}
    assert told["ask-advice"]["due"] == "2027-01-10"
    assert told["ask-advice"]["used"] == [
        {
            "key": "rev.ask_advice_days",
            "value": 30,
            "first": "2027-01-01",
            "last": None,
            "origin": "authority",
            "source": "Panel minute 14",
        }
    ]
    assert [used["origin"] for used in told["papers"]["used"]] == ["shipped"]
    assert law.main(words) == 0
    line = "Number set by the authority: rev.ask_advice_days = 30, from 1 January 2027: Panel"
    assert capsys.readouterr().out.count(line) == 1
    words[2] = "meeting=2026-12-08"
    assert law.main(words) == 0
    assert "= 60, from 1 January 2026 to 31 December 2026: Panel m" in capsys.readouterr().out


def test_a_file_that_is_not_text_is_refused(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "calendar.csv"
    path.write_bytes(b"from,to,kind\n\xff\xfe")
    words = ["compute", "concern-reply", "raised=2026-09-14", "--calendar", str(path)]
    assert law.main(words) == 2
    assert "CAL-09, calendar: The file cannot be read: it is not text" in capsys.readouterr().err
    words = ["compute", "census", "academic-year=2026", "--numbers", str(path)]
    assert law.main(words) == 2
    assert "CAL-16, numbers: The file cannot be read: it is not text" in capsys.readouterr().err
