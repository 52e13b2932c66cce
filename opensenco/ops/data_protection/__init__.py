"""The papers of data protection, written from what the models declare: docs/data-protection.

The prose stands beside this module in Markdown, with a mark where a table goes. The tables come
from `access.personal`, the models, the roles and the rules of keeping. A contract test compares.
"""

import textwrap
from collections.abc import Callable, Iterable
from pathlib import Path

from django.utils.translation import override

from opensenco.access.keys import all_models
from opensenco.access.personal import OF_STAFF, PARTS, Part, part_of, personal_fields
from opensenco.access.roles import ROLES
from opensenco.documents.retention import KEEPS

HERE = Path(__file__).parent
WIDTH = 100
KEPT = {
    "record": "As long as the record that it belongs to.",
    "house": "While somebody works with the place, and as its own staff records say after that.",
}


def papers() -> dict[str, str]:
    """Give each paper by the name of its file, the same text each time."""
    tables: dict[str, Callable[[], str]] = {
        "processing": processing, "fields": fields, "who": who_sees, "keeping": keeping,
        "children": lambda: told(part for part in PARTS.values() if part.code not in OF_STAFF),
        "staff": lambda: told(PARTS[code] for code in OF_STAFF),
        "pupils": for_pupils,
    }  # fmt: skip
    found = {}
    with override("en-gb"):
        for path in sorted(HERE.glob("*.md")):
            text = path.read_text(encoding="utf-8")
            for name, table in tables.items():
                if f"[[{name}]]" in text:
                    text = text.replace(f"[[{name}]]", table().rstrip())
            found[path.name] = text
    return found


def kept(part: Part) -> str:
    """Say how long a part is kept."""
    rule = KEEPS.get(part.keep)
    return str(rule.words) if rule else KEPT[part.keep]


def roles_of(part: Part) -> list[str]:
    """Give the roles that see a part, by their verbs, over the pupils that their role reaches."""
    return [str(role.name) for role in ROLES if set(part.verbs) & set(role.grants)]


def processing() -> str:
    """Give the record of processing, part by part (article 30)."""
    lines = []
    for part in PARTS.values():
        seen = "; ".join(roles_of(part)) or "only who wrote it"
        lines += [
            f"### {part.words}", "",
            *_item("What for", part.why), *_item("Where it comes from", part.source),
            *_item("Lawful basis", part.basis), *_item("Article 9 condition", part.special),
            *_item("How long", kept(part)), *_item("Roles that see it", f"{seen}."), "",
        ]  # fmt: skip
    return "\n".join(lines)


def fields() -> str:
    """Give every personal field with why it is held, by part and model."""
    lines = []
    for part in PARTS.values():
        models = [
            model
            for model in sorted(all_models(), key=lambda one: one._meta.label)
            if not hasattr(model, "instance_type") and part_of(model) is part
        ]
        told = [model for model in models if personal_fields(model)]
        if not told:
            continue
        lines += [f"### {part.words}", ""]
        for model in told:
            held = "; ".join(f"{name}: {why}" for name, why in personal_fields(model).items())
            kept_too = " (with every earlier version)" if hasattr(model, "history") else ""
            lines += _item(f"`{model._meta.label}`{kept_too}", f"{held}.")
        lines.append("")
    return "\n".join(lines)


def who_sees() -> str:
    """Give a table of parts and the roles that see them."""
    rows = [(str(part.words), "; ".join(roles_of(part)) or "only who wrote it")
            for part in PARTS.values()]  # fmt: skip
    return _table(("Part", "Roles"), rows)


def keeping() -> str:
    """Give the rules of keeping."""
    rows = [
        (str(keep.words), str(keep.years), keep.source,
         f"our rule {keep.rule}" if keep.rule else "our reading, not verified")
        for keep in KEEPS.values()
    ]  # fmt: skip
    return _table(("What", "Years from birth", "Source", "How sure"), rows)


def told(parts: Iterable[Part]) -> str:
    """Give parts as a notice tells them: what, what for, where from."""
    rows = [(str(part.words), str(part.why), str(part.source)) for part in parts]
    return _table(("What", "What for", "Where it comes from"), rows)


def for_pupils() -> str:
    """Give the parts that are about a child, in a list a child can read."""
    parts = [part for part in PARTS.values() if part.code not in (*OF_STAFF, "imports", "rights")]
    return "\n".join(f"- **{part.words}.** {part.why}" for part in parts)


def _item(name: str, words: object) -> list[str]:
    return textwrap.wrap(f"- **{name}.** {words}", WIDTH, subsequent_indent="  ",
                         break_on_hyphens=False, break_long_words=False)  # fmt: skip


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])
