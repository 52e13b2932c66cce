"""The data dictionary as a page: what every table and field of a file of a place means."""

from typing import Any

from opensenco.exchange.leaving import what
from opensenco.exchange.leaving.meaning import dictionary

HEAD = """\
# What stands in the file of a place

Written by `opensenco export dictionary` from the code; a contract test compares. `leaving.md`
says how the file is made. Each file holds the same as `dictionary.json`. A field that may be
missing is `null` in `data/` and empty in `tables/`. `X.history` has the fields of X as they stood,
and since when (`history_date`), by whom (`history_user`), and whether the row was made (`+`) or
changed (`~`).

Most tables have these fields, which are not said again below: `ref` (the row's own reference, in
addresses too), `org` (whose row it is), `version` (how often it was written), and where a row can
be marked as made in error `in_error_at`, `in_error_by` and `in_error_reason`.
"""
SKIPPED = frozenset({"ref", "org", "version", "in_error_at", "in_error_by", "in_error_reason"})


def guide() -> str:
    """Give the page, in Markdown."""
    tables = [table for table in dictionary() if not table["model"].endswith(".history")]
    past = {
        table["model"].removesuffix(".history")
        for table in dictionary()
        if table["model"].endswith(".history")
    }
    parts = [HEAD, *(_table(table, table["model"] in past) for table in tables), _left_out()]
    return "\n".join(parts)


def _table(table: dict[str, Any], has_past: bool) -> str:
    lines = [f"## {table['model']}", "", f"{table['meaning']}"]
    if has_past:
        lines[-1] += " Every version is in its history."
    if table["model"] in what.ONLY:
        lines += ["", f"Only some: {what.ONLY[table['model']][1]}."]
    lines += ["", "| Field | Type | Meaning |", "|---|---|---|"]
    lines += [_field(one) for one in table["fields"] if one["name"] not in SKIPPED]
    for one in table["left_out"]:
        lines.append(f"| ~~{one['name']}~~ | stays out | {one['why']} |")
    return "\n".join([*lines, ""])


def _field(one: dict[str, Any]) -> str:
    kind = f"→ {one['references']}" if "references" in one else one["type"]
    if "longest" in one:
        kind += f", up to {one['longest']:,}"
    if one.get("may_be_missing"):
        kind += ", may be missing"
    words = one["meaning"].replace("|", "\\|")
    if "values" in one:
        values = "; ".join(f"`{code}` {said}" for code, said in one["values"].items())
        words = f"{words}: {values}".replace("``", "(empty)")
    return f"| {one['name']} | {kind} | {words} |"


def _left_out() -> str:
    lines = ["## What stays out", "", "| Table | Why |", "|---|---|"]
    lines += [f"| {label} | {why} |" for label, why in sorted(what.LEFT_OUT.items())]
    return "\n".join([*lines, ""])
