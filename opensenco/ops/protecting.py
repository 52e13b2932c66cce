"""What only the worker may read for a request about personal data: words that nobody has sent yet.

A draft is seen by its writer alone. Whoever asks what is held about a child is owed it all the
same, so the worker copies it for whoever answers the request, who decides.
"""

from collections.abc import Iterable

from opensenco.access.scope import system_scope
from opensenco.gate.models import Draft
from opensenco.protection import held
from opensenco.protection.copying import Copier, Piece
from opensenco.protection.marks import Names


def drafts(child: held.Whose, names: Names) -> Iterable[Piece]:
    """Give a copy of what somebody typed about a child and has not sent."""
    with system_scope("read what was typed about a pupil and not sent", [child.org], write=False):
        return list(Copier(child, names).of(Draft))
