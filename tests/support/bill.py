"""What OpenSENCO is made of: a page of licences, and a software bill of materials.

python -m tests.support.bill           writes docs/security/dependencies.md
python -m tests.support.bill --sbom    prints the bill as CycloneDX JSON
"""

import base64
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

ROOT = Path(__file__).parents[2]
LISTED = ROOT / "docs" / "security" / "dependencies.toml"
PAGE = ROOT / "docs" / "security" / "dependencies.md"
#: the locks, and what each is for; the first that names a package says so
LOCKS = {"base": "runs", "installer": "installs", "dev": "checks and tests", "mutation": "measures"}
SHIPPED = ("runs", "shipped")
#: by how many hexadecimal digits a digest has
ALGORITHMS = {64: HashAlgorithm.SHA_256, 128: HashAlgorithm.SHA_512}
PINNED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==([^\s;\\]+)(?: ; ([^\\]+))?")
HEAD = """# What OpenSENCO is made of

Every locked package and all work of others in the tree, with its version and licence. Written by
`python -m tests.support.bill` from the locks and `dependencies.toml`; a contract test keeps it, and
the licences that are allowed. `python3 run.py sbom` prints the same as CycloneDX JSON, with digests
and what needs what. Notices of those whose work lies in the tree are in `NOTICE`.

*Runs* is what an installation holds. All else checks, tests, builds or measures, and is sent to
nobody. *Shipped* lies in the tree and goes to browsers, papers or servers.
"""


@dataclass(frozen=True)
class Part:
    """One thing that others made."""

    kind: str
    name: str
    version: str
    licence: str
    use: str
    digests: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    direct: bool = True
    files: tuple[str, ...] = field(default=())

    @property
    def purl(self) -> PackageURL:
        """Its name for every tool that knows packages."""
        space, _slash, name = self.name.rpartition("/")
        known = self.kind if self.kind in {"pypi", "npm", "deb"} else "generic"
        return PackageURL(known, space or None, name, self.version)


def plain(name: str) -> str:
    """Give a package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def listed() -> dict[str, dict[str, dict[str, str]]]:
    """Give the licences, those that are allowed, and what lies in the tree."""
    with LISTED.open("rb") as file:
        return tomllib.load(file)


def parts() -> list[Part]:
    """Give everything, as the locks and the list say it."""
    said = listed()
    found: dict[tuple[str, str, str], Part] = {}
    for lock, use in LOCKS.items():
        for part in _locked(lock, use, said["python"]):
            found.setdefault((part.kind, part.name, part.version), part)
    for one in said["tree"]:
        part = _in_tree(one)  # type: ignore[arg-type] # tables of a list
        found[part.kind, part.name, part.version] = part
    for part in _npm():
        found.setdefault((part.kind, part.name, part.version), part)
    return sorted(found.values(), key=lambda one: (one.kind, one.name, one.version))


def _locked(lock: str, use: str, licences: dict[str, dict[str, str]]) -> Iterator[Part]:
    lines = (ROOT / "requirements" / f"{lock}.lock").read_text(encoding="utf-8").splitlines()
    for at, line in enumerate(lines):
        if match := PINNED.match(line):
            below = list(takewhile(lambda one: one.startswith(" "), lines[at + 1 :]))
            digests = tuple(re.findall(r"sha256:([0-9a-f]{64})", "\n".join(below)))
            parents = tuple(
                plain(one.strip("# ").removeprefix("via ").split("[")[0])
                for one in below
                if "#" in one and "requirements/" not in one and one.strip() != "# via"
            )
            name = plain(match[1])
            licence = str(licences.get(name, "not listed"))
            direct = any("-r requirements/" in one for one in below)
            yield Part("pypi", name, match[2], licence, use, digests, parents, direct)


def _in_tree(one: dict[str, object]) -> Part:
    files = one["files"]
    assert isinstance(files, list)
    return Part(
        kind=str(one["from"]),
        name=str(one["name"]),
        version=str(one["version"]),
        licence=str(one["licence"]),
        use="shipped" if one["shipped"] else "checks and tests",
        files=tuple(map(str, files)),
    )


def _npm() -> Iterator[Part]:
    lock = json.loads((ROOT / "assets" / "package-lock.json").read_text(encoding="utf-8"))
    for path, one in lock["packages"].items():
        if path:
            name = path.rpartition("node_modules/")[2]
            digest = base64.b64decode(one["integrity"].removeprefix("sha512-")).hex()
            licence = one.get("license", "not listed")
            yield Part("npm", name, one["version"], licence, "builds", (digest,))


def page(every: Iterable[Part]) -> str:
    """Give the page of licences."""
    titles = {"pypi": "Python", "npm": "Styles and scripts", "deb": "Fonts", "data": "Information"}
    lines, every = [HEAD], list(every)
    for kind, title in titles.items():
        lines += [f"## {title}\n", "| | Version | Licence | For |", "|---|---|---|---|"]
        lines += [
            f"| {one.name} | {one.version} | {one.licence} | {one.use} |"
            for one in every
            if one.kind == kind
        ]
        lines.append("")
    return "\n".join(lines)


def bill(every: Iterable[Part]) -> str:
    """Give the bill of materials as CycloneDX 1.6 JSON."""
    every = list(every)
    with (ROOT / "pyproject.toml").open("rb") as file:
        version = tomllib.load(file)["project"].get("version", "")
    whole = Component(
        name="opensenco", version=version, type=ComponentType.APPLICATION, bom_ref="opensenco",
        licenses=[LicenseFactory().make_from_string("MIT")],
    )  # fmt: skip
    made = {(one.kind, one.name, one.version): _component(one) for one in every}
    bom = Bom(components=made.values(), serial_number=uuid.uuid4())
    bom.metadata.component = whole
    needed: dict[str, list[Component]] = {}
    for one in every:
        for parent in one.parents:
            needed.setdefault(parent, []).append(made[one.kind, one.name, one.version])
    direct = [made[one.kind, one.name, one.version] for one in every if one.direct]
    bom.register_dependency(whole, direct)
    for (kind, name, _version), component in made.items():
        if kind == "pypi":
            bom.register_dependency(component, needed.get(name, []))
    told: str = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(
        indent=2
    )
    return told


def _component(one: Part) -> Component:
    shipped = one.use in SHIPPED
    return Component(
        name=one.name,
        version=one.version,
        type=ComponentType.DATA if one.kind == "data" else ComponentType.LIBRARY,
        scope=ComponentScope.REQUIRED if shipped else ComponentScope.EXCLUDED,
        licenses=[LicenseFactory().make_from_string(one.licence)],
        purl=one.purl,
        bom_ref=str(one.purl),
        hashes=[HashType(alg=ALGORITHMS[len(hexed)], content=hexed) for hexed in one.digests],
    )


if __name__ == "__main__":
    if "--sbom" in sys.argv:
        sys.stdout.write(bill(parts()) + "\n")
    else:
        PAGE.write_text(page(parts()), encoding="utf-8")
