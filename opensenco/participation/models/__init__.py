"""The rows of asking: sets of questions, rounds, what each person was asked, links."""

from opensenco.participation.models.links import AskDraft, AskLink
from opensenco.participation.models.rounds import Asked, AskRound, Chase, ChasingRule
from opensenco.participation.models.sets import QuestionSet, QuestionVersion

__all__ = [
    "AskDraft",
    "AskLink",
    "AskRound",
    "Asked",
    "Chase",
    "ChasingRule",
    "QuestionSet",
    "QuestionVersion",
]
