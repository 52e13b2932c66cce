"""What the scanner said of a file is written down."""

from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.cases import spine
from opensenco.documents.files.scanner import Scanned
from opensenco.documents.models import Document, DocumentVersion, StoredFile
from opensenco.documents.states import SCANS, Scan
from opensenco.gate.operation import operation
from opensenco.kernel.errors import NotPossible


@operation(Action.SIGNED_IN, on="stored_file")
def record_scan(*, actor: Actor, stored_file: StoredFile, said: Scanned) -> StoredFile:
    """Write down what the scanner said. Where it found something, who filed it is told.

    From then on nobody opens the file. It stays where it is, for whoever looks into it.

    Raises:
        NotPossible: what was said cannot follow what stands there.
    """
    verdict = Scan(said.verdict.value)
    if verdict not in SCANS[Scan(stored_file.scan)]:
        raise NotPossible()
    news = verdict is Scan.FOUND and stored_file.scan != Scan.FOUND
    stored_file.scan = verdict
    stored_file.scanned_at = actor.at
    stored_file.finding = (said.name or "?") if verdict is Scan.FOUND else ""
    stored_file.save(update_fields=["scan", "scanned_at", "finding"])
    if news:
        _tell(actor, stored_file)
    return stored_file


def _tell(actor: Actor, file: StoredFile) -> None:
    words = _("The scanner found something in a file that you filed. Nobody can open it.")
    for version in DocumentVersion.objects.filter(file=file).select_related("filer", "org"):
        document = Document.objects.get(pk=version.document_id)
        spine.tell(actor=actor, org=version.org, words=words, person=version.filer, source=document)
