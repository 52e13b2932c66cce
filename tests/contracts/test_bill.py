"""Everything that others made is listed, with a licence that may be used where it is used."""

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib import metadata

from tests.contracts.walk import ROOT
from tests.support import bill

#: how an index's own words for a licence begin, by the name that we list
CALLED = {
    "MIT": ("MIT",),
    "MIT-0": ("MIT-0",),
    "BSD-2-Clause": ("BSD", "Copyright (c)"),
    "BSD-3-Clause": ("BSD",),
    "Apache-2.0": ("Apache",),
    "PSF-2.0": ("PSF", "Python Software Foundation"),
    "MPL-2.0": ("MPL", "Mozilla Public License"),
    "LGPL-3.0-only": ("LGPL-3.0",),
    "Artistic-1.0-Perl": ("Artistic",),
    "GPL-2.0-or-later": ("GNU General Public License v2 or later",),
}
LOCKED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==(\S+)", re.MULTILINE)


def alternatives(licence: str) -> list[str]:
    """Give the licences between which one may choose; all of each have to be kept."""
    return [one.strip("() ") for one in licence.split(" OR ")]


def test_each_package_has_a_licence_that_is_allowed():
    allowed = bill.listed()["allowed"]
    shipped, tools = set(allowed["shipped"]), set(allowed["shipped"]) | set(allowed["tools"])
    wrong = []
    for part in bill.parts():
        may = shipped if part.use in bill.SHIPPED else tools
        if not any(set(one.split(" AND ")) <= may for one in alternatives(part.licence)):
            wrong.append(f"{part.name}: {part.licence}")
    assert not wrong, f"look at these licences and list them in {bill.LISTED.name}: {wrong}"


def test_what_is_listed_is_locked_and_called_so_by_its_makers():
    python = {part.name: part for part in bill.parts() if part.kind == "pypi"}
    unknown = set(bill.listed()["python"]) - set(python)
    assert not unknown, f"no lock names these any more: {sorted(unknown)}"
    wrong, looked = [], 0
    for part in python.values():
        try:
            about = metadata.metadata(part.name)
        except metadata.PackageNotFoundError:
            continue
        if not list(_said(about)):
            continue  # its makers' licence lies in a file alone
        looked += 1
        names = re.split(r" (?:AND|OR) ", part.licence)
        if not any(word in said for said in _said(about) for one in names for word in CALLED[one]):
            wrong.append(f"{part.name}: we list {part.licence}, it says {list(_said(about))}")
    assert looked > 60
    assert not wrong, wrong


def _said(about: "metadata.PackageMetadata") -> Iterator[str]:
    for key in ("License-Expression", "License"):
        yield from (one.split("\n")[0] for one in about.get_all(key) or ())
    yield from (one for one in about.get_all("Classifier") or () if one.startswith("License"))


def test_the_bill_lists_every_locked_package_and_every_asset():
    told = json.loads(bill.bill(bill.parts()))
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    listed = {one["purl"] for one in told["components"]}
    for lock in sorted((ROOT / "requirements").glob("*.lock")):
        for name, version in LOCKED.findall(lock.read_text(encoding="utf-8")):
            assert f"pkg:pypi/{bill.plain(name)}@{version}" in listed, f"{lock.name}: {name}"
    npm = json.loads((ROOT / "assets" / "package-lock.json").read_text(encoding="utf-8"))
    for path, one in npm["packages"].items():
        if path:
            name = path.rpartition("node_modules/")[2].replace("@", "%40")
            assert f"pkg:npm/{name}@{one['version']}" in listed, path
    needs = {one["ref"]: one.get("dependsOn", []) for one in told["dependencies"]}
    assert any(one.startswith("pkg:pypi/django@") for one in needs["opensenco"])
    jinja = next(ref for ref in needs if ref.startswith("pkg:pypi/jinja2@"))
    assert any(one.startswith("pkg:pypi/markupsafe@") for one in needs[jinja])
    hashed = [one for one in told["components"] if one.get("hashes")]
    assert len(hashed) > 100


def test_all_that_is_shipped_is_ours_or_listed():
    """What browsers are sent and papers hold: built from our sources, or another's by name."""
    ours = ("built-from.json", "favicon.svg", "wordmark.svg", "opensenco.css", "OFL.txt")
    patterns = [file for part in bill.parts() for file in part.files]
    folders = ("opensenco/ui/static", "opensenco/documents/pdf/fonts", "tests/browser/vendor")
    strays = [
        str(path.relative_to(ROOT))
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.name not in ours
        if not any(fnmatch(str(path.relative_to(ROOT)), pattern) for pattern in patterns)
    ]
    assert not strays, f"say whose these are in {bill.LISTED.name}: {strays}"
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for part in bill.parts():
        for pattern in part.files:
            assert list(ROOT.glob(pattern)), f"{part.name}: no file {pattern}"
            assert pattern.rpartition("/")[2].split("*")[0].split(".")[0] in notice, part.name


def test_the_page_of_licences_is_what_the_locks_say():
    mend = "run: python -m tests.support.bill"
    assert bill.PAGE.read_text(encoding="utf-8") == bill.page(bill.parts()), mend
