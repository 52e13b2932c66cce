"""Who is in the term, what is decided of them, and how the record says it at its end."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pupil:
    """One of the twelve: who teaches them, what is decided, and what the record says at the end.

    Made by hand before anything is played.

    Args:
        decided: the answer that the SENCO chooses.
        status: of the register at the end.
        concern: how the concern stands then.
    """

    first: str
    last: str
    group: str
    decided: str
    status: str
    concern: str

    @property
    def listed(self) -> str:
        """As lists name them."""
        return f"{self.last}, {self.first}"

    @property
    def teacher(self) -> str:
        """Who teaches them."""
        return "joel" if self.group == "2H" else "rob"


SUPPORT, ADJUST = "Start SEN support", "Adjust teaching"
TABLE = (
    Pupil("Ada", "Marlowend", "2H", SUPPORT, "K", "sen support"),
    Pupil("Ben", "Quillaby", "2H", SUPPORT, "K", "sen support"),
    Pupil("Cleo", "Hartnold", "2H", ADJUST, "", "settled"),
    Pupil("Dev", "Lindqvist", "2H", ADJUST, "K", "sen support"),
    Pupil("Eve", "Orchardine", "2H", "Watch and look again", "", "settled"),
    Pupil("Finn", "Tarnwell", "2H", "No action now", "", "no action"),
    Pupil("Gia", "Westmoorby", "4T", SUPPORT, "K", "sen support"),
    Pupil("Hal", "Brindlecote", "4T", "A short intervention", "", "short intervention"),
    Pupil("Isa", "Copperfold", "4T", "Refer to a service", "", "referral"),
    Pupil("Jon", "Embersley", "4T", ADJUST, "", "tried in class"),
    Pupil("Kit", "Larkspurton", "4T", "Watch and look again", "", "watched"),
    Pupil("Lou", "Thornibank", "4T", "Ask for an EHC needs assessment", "", "ehc"),
)
BY_FIRST = {one.first: one for one in TABLE}
#: what two of them are given, by whom a timetable names
GROUP, GIVEN = "Fluency group", (BY_FIRST["Ada"], BY_FIRST["Ben"])
PLANNED = [one for one in TABLE if one.decided == SUPPORT]
