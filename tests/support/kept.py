"""A built template is kept between runs, under a name made of everything that made it.

A change to any source of the product or of the tests' world makes another name, so a kept template
is never older than the code. Only while developing: CI begins with an empty folder.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.support import binaries

ROOT = Path(__file__).resolve().parent.parent.parent
MOST = 12


def key() -> str:
    """Give a name for what the sources build now."""
    sources = [p for end in ("*.py", "*.toml") for p in (ROOT / "opensenco").rglob(end)]
    sources += [*(ROOT / "tests").glob("world*.py"), ROOT / "tests" / "cast.py"]
    sources += [ROOT / "requirements" / "base.lock"]
    digest = hashlib.sha256()
    for source in sorted(sources):
        digest.update(str(source.relative_to(ROOT)).encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()[:20]


def folder() -> Path | None:
    """Give where templates are kept; None in CI, where each run builds its own."""
    if os.environ.get("CI"):
        return None
    kept = Path(tempfile.gettempdir()) / f"opensenco-templates-{os.getuid()}"
    kept.mkdir(mode=0o700, exist_ok=True)
    return kept


def keep(made: Path, name: str) -> None:
    """Keep a file, whole or not at all, and drop the oldest beyond a dozen."""
    kept = folder()
    if kept is None:
        return
    part = kept / f"{name}.{os.getpid()}.part"
    shutil.copyfile(made, part)
    part.replace(kept / name)
    for old in sorted(kept.iterdir(), key=lambda p: p.stat().st_mtime)[:-MOST]:
        old.unlink(missing_ok=True)


def dump(socket: Path, database: str, to: Path) -> None:
    """Write a database as SQL, as the server's administrator."""
    tool = _tool("pg_dump")
    if tool:
        command: list[object] = [tool, "-h", socket, "-U", "postgres", "-f", to, database]
        subprocess.run([str(part) for part in command], check=True, capture_output=True)


def restore(socket: Path, database: str, source: Path) -> None:
    """Read such SQL into an empty database."""
    tool = _tool("psql")
    command: list[object] = [tool, "-h", socket, "-U", "postgres", "-d", database, "-q", "-v"]
    command += ["ON_ERROR_STOP=1", "-1", "-f", source]
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


def _tool(name: str) -> Path | None:
    bin_folder = binaries.postgres_folder()
    beside = bin_folder / name if bin_folder else None
    if beside and beside.exists():
        return beside
    found = shutil.which(name)
    return Path(found) if found else None
