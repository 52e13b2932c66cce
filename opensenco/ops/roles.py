"""The text of docs/roles.md: every role, what it is for, where it is held, what it can do."""

import textwrap

from opensenco.access.actions import WORDS
from opensenco.access.grants import SENCO_GRANTS
from opensenco.access.installation import KEEPER
from opensenco.access.reach import Grants, Role
from opensenco.access.roles import ROLES
from opensenco.access.roles_in_words import TIER_WORDS, can

#: a role that lacks no more than this of a SENCO's verbs is told by what it lacks
MOST_EXCEPTIONS = 8

HEAD = """\
# Roles

Written by `opensenco roles`; a test keeps it true. Change `opensenco/access/roles.py` and run
`opensenco roles > docs/roles.md`.

A person holds a role in one organisation from a day to a day. Before and after, the role gives
nothing. Whoever holds several wears one at a time. Under each role stands what it can do and over
which children; what is not listed cannot be done. Nothing is seen across organisations: what
another one shall read is sent to it.

A school may combine its roles into one of its own and take verbs away. It can never add one. Each
organisation spells SENCO its own way on every screen: SENCO, SENCo, SENDCo or INCCO.
"""

WITHOUT = """\
## People without a role

- **The public** needs no account: the directory of SENCOs and what schools publish hold nothing of
  a child.
- **A contact who is barred**, or who may not see what is shared, signs in to nothing.
- **Whoever maintains the server** sees no pages. The commands act as the installation, below, and
  each of their uses stands in the audit.
"""


def document() -> str:
    """Give docs/roles.md, the same text each time."""
    lines = [HEAD]
    told: set[str] = set()
    for tier, heading in TIER_WORDS.items():
        roles = [r for r in ROLES if tier in r.tiers and not r.guest and r.code not in told]
        if roles:
            lines.append(f"## {heading}\n")
            lines += [_role(role) for role in roles]
            told |= {role.code for role in roles}
    lines.append("## Guests of a school or nursery\n")
    lines.append(
        "They act under a database role of their own, which shows them listed pupils only.\n"
    )
    lines += [_role(role) for role in ROLES if role.guest]
    lines += [WITHOUT, _role(KEEPER)]
    return "\n".join(lines)


def _role(role: Role) -> str:
    text = [f"### {role.name}", "", f"{role.says}", ""]
    if len(role.tiers) > 1:
        places = "; ".join(str(TIER_WORDS[tier]).lower() for tier in role.tiers)
        text += [f"Held {places}.", ""]
    return "\n".join([*text, *_verbs(role)]) + "\n"


def _verbs(role: Role) -> list[str]:
    if role.grants is not SENCO_GRANTS or role.code != "SENCO":
        missing = _missing(role.grants)
        if missing is not None:
            excepted = f", except: {'; '.join(missing)}" if missing else ""
            return _wrapped(f"- **The same as a SENCO**{excepted}.")
    lines = []
    for line in can(role.grants):
        lines += _wrapped(f"- **{line.over[0].upper()}{line.over[1:]}:** {line.sentence}.")
    return lines


def _missing(grants: Grants) -> list[str] | None:
    """Give what grants lack of a SENCO's, or None where that would not describe them."""
    lacking = [action for action in SENCO_GRANTS if action not in grants]
    rest = {action: SENCO_GRANTS[action] for action in SENCO_GRANTS if action in grants}
    if dict(grants) != rest or len(lacking) > MOST_EXCEPTIONS:
        return None
    return [words for action, words in WORDS.items() if action in lacking]


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 100, subsequent_indent="  ", break_on_hyphens=False)
