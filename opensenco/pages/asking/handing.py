"""Papers that are handed in with an answer: from the form to the record, and what is refused."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from opensenco.documents.files.names import harmless
from opensenco.documents.keeping import Incoming
from opensenco.documents.operations.answers import Handed
from opensenco.documents.operations.filing import FilesNotTaken
from opensenco.exchange.sentences import said
from opensenco.kernel.errors import Invalid

T = TypeVar("T")


def handed(papers: Mapping[str, Mapping[str, Any]]) -> dict[str, Handed]:
    """Give the files that were chosen as they are filed, by question."""
    return {
        code: Handed(
            [Incoming(harmless(file.name or ""), file.chunks()) for file in one["files"]],
            one["dated"],
            one["author_role"],
        )
        for code, one in papers.items()
    }


def beside(act: Callable[[], T]) -> T:
    """Do it; what is refused names the field of the form beside which it is said.

    Raises:
        Invalid: with the name of the field.
    """
    try:
        return act()
    except FilesNotTaken as refused:
        raise Invalid(f"a_{refused.field}", " ".join(map(said, refused.why.values()))) from None
    except Invalid as refused:
        if not refused.field:
            raise
        raise Invalid(f"a_{refused.field}", refused.words) from None
