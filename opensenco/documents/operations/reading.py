"""What was read inside a file is written down, to be searched."""

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.documents.files.opening import Inside as Read
from opensenco.documents.models import PaperText, StoredFile
from opensenco.documents.searching import key_of, said_of
from opensenco.documents.states import Inside
from opensenco.gate.operation import operation
from opensenco.kernel.text import never_typed


@operation(Action.SIGNED_IN, on="stored_file")
def record_words(*, actor: Actor, stored_file: StoredFile, read: Read) -> StoredFile:
    """Write down the words of a file for every paper that waits for them.

    Who reads it says each paper; the worker who writes needs to know of none. A file that could not
    be read leaves its papers as they were, found by their titles.
    """
    words = " ".join("".join(c for c in read.words if not never_typed(c)).split())
    state = Inside.BROKEN if not read.opened else Inside.READ if words else Inside.NONE
    rows = PaperText.objects.filter(version__file=stored_file, state=Inside.WAITS)
    for row in rows.select_related("document"):
        row.state, row.words = state, words
        row.key = key_of(row.document.search_key, words)
        row.said = said_of(row.document.search_key, words)
        row.save(update_fields=["state", "words", "key", "said"])
    return stored_file
