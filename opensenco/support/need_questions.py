"""Short questions on how much help a pupil needs: data with versions, and four levels for each.

A level says how often an adult helps today. It names no diagnosis, and levels are never added up.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from django.db import models
from django.utils.translation import gettext_lazy as _


class Help(models.IntegerChoices):
    """How much help a pupil needs for one thing."""

    NONE = 0, _("As others of the age")
    SOME = 1, _("Now and then")
    MOST = 2, _("In most lessons")
    ALWAYS = 3, _("Nearly always")


@dataclass(frozen=True)
class NeedQuestion:
    """One question: its stable name, and its words."""

    id: str
    text: str


@dataclass(frozen=True)
class NeedQuestions:
    """One version of the questions, in the order in which they are asked."""

    number: int
    questions: tuple[NeedQuestion, ...]

    @property
    def ids(self) -> list[str]:
        """The names of the questions."""
        return [one.id for one in self.questions]


@cache
def versions() -> dict[int, NeedQuestions]:
    """Give every version there has been, by its number."""
    source = resources.files("opensenco.support.starter") / "need-questions.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return {
        one["number"]: NeedQuestions(
            one["number"], tuple(NeedQuestion(q["id"], q["text"]) for q in one["question"])
        )
        for one in data["version"]
    }


def newest() -> NeedQuestions:
    """Give the version that is asked now."""
    return versions()[max(versions())]
