"""Reading provision: the library, what a pupil was promised and got, and what to log now."""

from opensenco.provision.queries.hands import (
    GroupNow,
    GroupSheet,
    Now,
    OneNow,
    Sheet,
    Week,
    batch,
    group_sheet,
    groups_now,
    one_sheet,
    week_so_far,
)
from opensenco.provision.queries.library import adults, groups, item, library, starter_size
from opensenco.provision.queries.promises import (
    Line,
    allocation,
    lines_of,
    of_plan,
    session,
    sessions_of,
)

__all__ = [
    "GroupNow",
    "GroupSheet",
    "Line",
    "Now",
    "OneNow",
    "Sheet",
    "Week",
    "adults",
    "allocation",
    "batch",
    "group_sheet",
    "groups",
    "groups_now",
    "item",
    "library",
    "lines_of",
    "of_plan",
    "one_sheet",
    "session",
    "sessions_of",
    "starter_size",
    "week_so_far",
]
