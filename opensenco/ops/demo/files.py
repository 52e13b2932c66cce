"""The demo's own data: made-up places, people, pupils and stories, as TOML beside this module."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

#: one table of a TOML file, as it was written
Row = dict[str, Any]
DATA = resources.files("opensenco.ops.demo") / "data"


@cache
def table(name: str) -> Row:
    """Give one file of the data folder ("people", "stories/s02-bilingual-dld")."""
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


def rows(name: str, of: str) -> list[Row]:
    """Give the rows of one kind in a file, in the order of the file; none where there is no file.

    What the county adds to the village stands under the same name in the folder `county`.
    """
    if name.startswith("county/") and not (DATA / f"{name}.toml").is_file():
        return []
    found: list[Row] = table(name).get(of, [])
    return found


def stories(folder: str) -> list[str]:
    """Give the files of the stories in a folder ("stories", "county/stories")."""
    there = DATA
    for part in folder.split("/"):
        there = there / part
    return sorted(f"{folder}/{path.name.removesuffix('.toml')}" for path in there.iterdir())
