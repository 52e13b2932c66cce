"""What is shipped for a server fits what is there; `python -m bench.deploy` runs the guide."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from bench.deploy import FETCHING, GUIDE, blocks
from opensenco.config import environment, mail
from opensenco.ops import cli
from tests.support.databases import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
BLOCKS = blocks(GUIDE.read_text(encoding="utf-8"))


def command_lines() -> list[list[str]]:
    """Give every call of `opensenco` in the guide, the units and the container, by its words."""
    texts = [GUIDE, DEPLOY / "Containerfile", *UNITS]
    said = "\n".join(path.read_text(encoding="utf-8") for path in texts).replace("\\\n", " ")
    found = re.findall(r"^(?:.*(?:ExecStart=|bin/))?\s*\S*opensenco ((?:[a-z]+ ?).*)$", said, re.M)
    lines = [re.split(r"\s[|#]|\s{2,}", line)[0] for line in found]
    return [shlex.split(line) for line in lines if line.split()[0] in cli.commands()]


def test_every_command_of_the_guide_is_one_that_there_is() -> None:
    lines = command_lines()
    assert {line[0] for line in lines} >= {
        "serve", "worker", "backup", "restore", "upgrade", "doctor", "migrate", "postgres",
    }  # fmt: skip
    from django.core.management import load_command_class

    for words in lines:
        parser = load_command_class("opensenco.ops", words[0]).create_parser("opensenco", words[0])
        given = [word for word in words[1:] if word not in ("||", "true")]
        assert parser.parse_args(given) is not None, words


def test_every_block_is_a_script_and_names_files_that_are_there() -> None:
    assert len(BLOCKS) > FETCHING
    for block in BLOCKS:
        done = subprocess.run(
            ["sh", "-n"], input=block, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr + block
        for name in re.findall(r"\bdeploy/[\w./-]+", block):
            assert (ROOT / name.rstrip("/")).exists(), name


def test_what_the_parts_are_told_is_understood() -> None:
    said = {}
    for line in (DEPLOY / "common.env").read_text(encoding="utf-8").splitlines():
        name, there, value = line.lstrip("#").partition("=")
        if there and name.isupper():
            said[name] = shlex.split(value)[0]
    environment.refuse_unknown(said)
    assert environment.proxies(said)
    assert environment.log_format(said) == "json"
    assert environment.scanner(said)
    assert mail.read(said, Path("/nowhere"), demo=False).kind == "smtp"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_the_units_are_what_systemd_understands(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        (tmp_path / unit.name).write_text(re.sub(r"/opt/\S+/opensenco", "/bin/true", text))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        if unit.suffix == ".service":
            assert "ProtectSystem=strict" in text, unit.name
            assert "User=opensenco" in text, unit.name
            # each is told of its own login alone
            assert len(re.findall(r"^EnvironmentFile=", text, re.M)) == 2, unit.name
