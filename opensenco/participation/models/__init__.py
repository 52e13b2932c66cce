"""The rows of asking: sets of questions, rounds, and what each person was asked."""

from opensenco.participation.models.rounds import Asked, AskRound, Chase, ChasingRule
from opensenco.participation.models.sets import QuestionSet, QuestionVersion

__all__ = ["AskRound", "Asked", "Chase", "ChasingRule", "QuestionSet", "QuestionVersion"]
