"""The kinds of meeting that OpenSENCO ships: agendas with timings, who is there, what it serves.

Its entries are data (kinds.toml). A meeting keeps the agenda that it was planned with and the
version of the data, so a later edition never changes what was agreed.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from opensenco.kernel.words import mark

#: the kinds whose notice, papers and report have days by law (REV-05, REV-08, REV-09)
REVIEW_RULE = "REV-05"
#: who is usually there, in words
INVITED: dict[str, str] = {
    "parent": mark("Parents or carers"),
    "pupil": mark("The pupil"),
    "young-person": mark("The young person"),
    "class-teacher": mark("Class teacher"),
    "tutor": mark("Tutor"),
    "key-person": mark("Key person"),
    "ta": mark("Teaching assistant"),
    "senco": mark("SENCO"),
    "council-officer": mark("Officer of the authority"),
    "health": mark("Health professional"),
    "social-care": mark("Social care"),
    "next-setting": mark("The next school or setting"),
    "careers": mark("Careers adviser"),
    "ep": mark("Educational psychologist"),
    "sending-teacher": mark("The teacher now"),
    "receiving-senco": mark("The SENCO of the next school"),
    "receiving-teacher": mark("The next teacher"),
    "head": mark("Head teacher"),
    "governor": mark("The SEN governor"),
    "all-staff": mark("All staff"),
    "business-manager": mark("Business manager"),
    "family-senco": mark("Family SENCO"),
    "member-sencos": mark("The SENCOs of the family of schools"),
    "sencos": mark("SENCOs"),
    "new-sencos": mark("New SENCOs"),
    "mentor": mark("Mentor"),
    "district-senco": mark("District SENCO"),
    "services": mark("Support services"),
    "parent-forum": mark("Parents’ forum"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One point of an agenda."""

    topic: str
    minutes: int
    led_by: str = ""
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of meeting.

    Args:
        code: stored in meetings; never changes.
        about_pupil: it can be planned from a pupil's record.
        rules: the duties it serves, by their identifiers.
        invite: who is usually there; keys of `INVITED`.
        note, before, after: what to know, and what is done before and after it.
    """

    code: str
    about_pupil: bool
    title: str
    minutes: int
    rules: tuple[str, ...]
    led_by: str
    invite: tuple[str, ...]
    note: str
    before: str
    after: str
    agenda: tuple[Item, ...]

    @property
    def is_review(self) -> bool:
        """Whether it is the annual review of a plan, which the law gives days of notice."""
        return self.code.startswith("annual-review")


@dataclass(frozen=True, slots=True)
class Kinds:
    """All kinds, and the version of the data."""

    version: int
    kinds: tuple[Kind, ...]


@cache
def shipped() -> Kinds:
    """Give the kinds that OpenSENCO ships."""
    text = resources.files(__name__).joinpath("kinds.toml").read_text("utf-8")
    data = tomllib.loads(text)
    kinds = tuple(
        Kind(
            code=row["id"],
            about_pupil=row["about"] == "pupil",
            title=row["title"],
            minutes=row["minutes"],
            rules=tuple(row["rules"]),
            led_by=row["led_by"],
            invite=tuple(row["invite"]),
            note=row["note"],
            before=row["before"],
            after=row["after"],
            agenda=tuple(
                Item(one["topic"], one["minutes"], one.get("led_by", ""), one.get("prompt", ""))
                for one in sorted(row["item"], key=lambda one: one["order"])
            ),
        )
        for row in data["meeting"]
    )
    return Kinds(data["version"], kinds)


def about_a_pupil() -> tuple[Kind, ...]:
    """Give the kinds that can be planned from a pupil's record, in their order."""
    return tuple(kind for kind in shipped().kinds if kind.about_pupil)


def about_a_place() -> tuple[Kind, ...]:
    """Give the kinds that are about a place and no pupil, in their order."""
    return tuple(kind for kind in shipped().kinds if not kind.about_pupil)


def kind_of(code: str) -> Kind | None:
    """Give the kind of a code; None where there is none."""
    return next((kind for kind in shipped().kinds if kind.code == code), None)
