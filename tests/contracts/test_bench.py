"""What measures begins without a setting, as the guide and the changelog name it."""

import os
import subprocess
import sys

import pytest

from tests.support.databases import ROOT

COMMANDS = sorted(
    path.stem for path in (ROOT / "bench").glob("*.py") if "ArgumentParser" in path.read_text()
)


@pytest.mark.thorough
def test_every_measurement_begins_from_a_bare_shell():
    assert len(COMMANDS) > 8
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    for name in COMMANDS:
        command = [sys.executable, "-P", "-m", f"bench.{name}", "--help"]
        environment = bare | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert "usage:" in done.stdout
