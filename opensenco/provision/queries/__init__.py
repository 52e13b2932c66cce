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
from opensenco.provision.queries.logged import (
    batch_of,
    before_put_right,
    givers,
    logged_by,
    session,
)
from opensenco.provision.queries.made_up import Open, made_up_by, open_to_make_up
from opensenco.provision.queries.now import (
    Pupil,
    Unit,
    given_as_well,
    groups_now,
    unit,
    unit_since,
    week_of,
)
from opensenco.provision.queries.quiet import Silent, quiet_now, quiet_of, quiet_with

__all__ = [
    "Open",
    "Pupil",
    "Silent",
    "Unit",
    "allocation",
    "as_stood",
    "batch_of",
    "before_put_right",
    "deliverers",
    "delivery_of",
    "for_outcomes",
    "for_pupil",
    "given_as_well",
    "givers",
    "groups_now",
    "groups_to_choose",
    "logged_by",
    "made_up_by",
    "of_provision",
    "open_to_make_up",
    "outcomes_to_choose",
    "provision",
    "provisions",
    "pupils_in",
    "pupils_to_choose",
    "quiet_now",
    "quiet_of",
    "quiet_with",
    "running",
    "session",
    "sessions_of",
    "unit",
    "unit_since",
    "usual_deliverer",
    "week_of",
]
