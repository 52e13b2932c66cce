"""Kills every operation and every form at every step it has: `python -m bench.deaths [-n 2]`.

`run.py test` kills one operation and one form of each part of the house. All of
them take half an hour on two cores. Other words go to pytest.
"""

import os
import subprocess
import sys

from tests.support.databases import ROOT


def main() -> int:
    """Run the two walks whole; gives pytest's exit code."""
    words = ["tests/pages/gate/test_deaths.py", "-p", "no:cacheprovider", *sys.argv[1:]]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *words],
        cwd=ROOT, env={**os.environ, "DEATHS": "every"}, check=False,
    ).returncode  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
