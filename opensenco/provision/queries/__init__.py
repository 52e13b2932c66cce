"""Reading provision: promises and what came of them, what is to be logged today, the library."""

from opensenco.provision.queries.delivered import (
    allocation,
    as_stood,
    delivery_of,
    for_outcomes,
    for_pupil,
    of_provision,
    running,
    sessions_of,
)
from opensenco.provision.queries.library import (
    deliverers,
    groups_to_choose,
    outcomes_to_choose,
    provision,
    provisions,
    pupils_in,
    pupils_to_choose,
    usual_deliverer,
)
from opensenco.provision.queries.now import (
    Pupil,
    Unit,
    batch_of,
    given_as_well,
    groups_now,
    logged_by,
    unit,
    week_of,
)
from opensenco.provision.queries.quiet import Silent, quiet_now, quiet_of, quiet_with

__all__ = [
    "Pupil",
    "Silent",
    "Unit",
    "allocation",
    "as_stood",
    "batch_of",
    "deliverers",
    "delivery_of",
    "for_outcomes",
    "for_pupil",
    "given_as_well",
    "groups_now",
    "groups_to_choose",
    "logged_by",
    "of_provision",
    "outcomes_to_choose",
    "provision",
    "provisions",
    "pupils_in",
    "pupils_to_choose",
    "quiet_now",
    "quiet_of",
    "quiet_with",
    "running",
    "sessions_of",
    "unit",
    "usual_deliverer",
    "week_of",
]
