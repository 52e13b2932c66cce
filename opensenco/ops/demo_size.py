"""How much of the demo world is made; apart from the world, so that a command starts fast."""

from enum import StrEnum


class Size(StrEnum):
    """One school in depth with what lies round it, or the whole county."""

    VILLAGE = "village"
    COUNTY = "county"
