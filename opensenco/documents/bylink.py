"""Papers that come by a link: see `participation.linkdoor`, whose door they come through."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from opensenco.documents.operations.answers import Handed, answer_by_link
from opensenco.participation import linkdoor


def answer(
    found: linkdoor.Seen, at: datetime, answers: Mapping[str, Any], papers: Mapping[str, Handed]
) -> None:
    """Answer by a link, with papers where the questions ask for any.

    Raises:
        Gone: it has ended.
        Invalid: something that must be answered is not, or a file is none that is kept.
    """
    linkdoor.do(
        found, at,
        lambda actor, link, asked: answer_by_link(
            actor=actor, link=link, asked=asked, answers=answers, papers=papers
        ),
    )  # fmt: skip
