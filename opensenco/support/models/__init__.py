"""SEN status, needs, profile, strategies, cycles, outcomes and reviews."""

from opensenco.support.models.cycles import Cycle, Outcome, Review
from opensenco.support.models.pupils import Need, Profile, SenStatus, Strategy

__all__ = ["Cycle", "Need", "Outcome", "Profile", "Review", "SenStatus", "Strategy"]
