"""The approach of a place is put into words, and all who work there say that they have read it."""

from django.conf import settings
from django.utils.translation import gettext as _

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.models import Organisation, Person
from opensenco.access.scope import as_login
from opensenco.cases import spine
from opensenco.cases.models import Task
from opensenco.documents import jobs
from opensenco.documents.files.refusal import FileNotTaken
from opensenco.documents.keeping import Incoming, arrive, store_of, stored
from opensenco.documents.models import StoredFile
from opensenco.documents.states import Scan
from opensenco.gate.operation import operation
from opensenco.gate.rows import change
from opensenco.kernel.errors import Invalid, NotPossible, Stale
from opensenco.staffing.approach_models import MOST_APPROACH, MOST_MONTHS
from opensenco.staffing.models import ApproachEdition, ApproachReading, ApproachRefresher
from opensenco.staffing.queries.approach import (
    months_of,
    newest,
    owed,
    readings,
    wanted_number,
    works_here,
)

#: nobody signs for another: see cases.states.FOR_ONESELF
SIGN = "staffing.approach"
LONGEST_NAME = 255


@operation(Action.SETTING_EDIT, on="org")
def write_approach(
    *,
    actor: Actor,
    org: Organisation,
    words: str,
    version: int,
    paper: Incoming | None = None,
    keeps_paper: bool = False,
) -> ApproachEdition:
    """Put the approach of a place into words: a new edition, which all who work there are asked to
    read. Those before it stay, with who signed them.

    Args:
        version: the number of the edition that the writer read; 0 for none.
        paper: the place's own paper, a PDF.
        keeps_paper: whether that of the edition before goes with this one, where none comes.

    Raises:
        Invalid: no words, too many, or a paper that is no PDF.
        NotPossible: neither words nor paper are other than they were.
        Stale: somebody else wrote an edition in between.
    """
    before = newest(org.pk)
    if version != (before.number if before else 0):
        raise Stale
    said = words.replace("\r\n", "\n").strip()
    if not said:
        raise Invalid("words", _("Write what everybody here does."))
    if len(said) > MOST_APPROACH:
        raise Invalid("words", _("Use at most %(most)s characters.") % {"most": MOST_APPROACH})
    row = ApproachEdition(
        org=org, number=version + 1, words=said, on=actor.today, person=actor.person,
        at=actor.next_moment(),
    )  # fmt: skip
    if paper is not None:
        row.file, row.file_name = _kept(actor, org, paper)
    elif keeps_paper and before is not None:
        row.file, row.file_name = before.file, before.file_name
    if before is not None and (said, row.file_id) == (before.words, before.file_id):
        raise NotPossible(
            _("Nothing is other than in the edition that counts, so nobody is asked.")
        )
    row.save()
    _follow(actor, org)
    return row


@operation(Action.SETTING_EDIT, on="org")
def set_refresher(*, actor: Actor, org: Organisation, months: int) -> ApproachRefresher:
    """Say after how many months everybody is asked to read it again; 0 asks nobody.

    Raises:
        Invalid: a number that cannot be.
    """
    if not 0 <= months <= MOST_MONTHS:
        raise Invalid("months", _("Give a whole number from 0 to 36."))
    row = ApproachRefresher(org=org, months=months, person=actor.person, at=actor.next_moment())
    row.save()
    _follow(actor, org)
    return row


@operation(Action.SETTING_EDIT, on="org")
def follow_approach(*, actor: Actor, org: Organisation) -> list[ApproachReading]:
    """Ask whoever works at a place since today, or is due a refresher; ask nobody who has left.

    Done again it asks nobody twice.

    Returns:
        What was asked just now.
    """
    return _follow(actor, org)


@operation(Action.SENCO_ASK, on="edition")
def sign_approach(*, actor: Actor, edition: ApproachEdition, read: bool) -> ApproachReading:
    """Say by name and day that one has read the edition that counts and knows what one does.

    Raises:
        Invalid: it was not said.
        NotPossible: a newer edition counts; it is signed already; one does not work there.
    """
    if not read:
        raise Invalid("read", _("Tick that you have read it and know what you do."))
    counts = newest(edition.org_id)
    if counts is None or counts.pk != edition.pk:
        raise NotPossible(_("There is a newer edition. Read that one."))
    person = actor.person
    if person.pk not in works_here(edition.org_id, actor.today):
        raise NotPossible(_("Only those who work here confirm it."))
    rows = readings(edition, [person.pk]).get(person.pk, [])
    number = wanted_number(rows, months_of(edition.org_id), actor.today)
    if number is None:
        raise NotPossible(_("You have confirmed this edition already."))
    row = _asked(actor, edition, person, rows, number)
    spine.settle_task(actor=actor, source=edition, kind=SIGN, person=person)
    return change(
        row, version=None, signed_on=actor.today, signed_as=person.name[:200],
        signed_at=actor.next_moment(),
    )  # fmt: skip


def _asked(
    actor: Actor,
    edition: ApproachEdition,
    person: Person,
    rows: list[ApproachReading],
    number: int,
) -> ApproachReading:
    """Give the reading that somebody owes, written where they were not asked yet."""
    for row in rows:
        if row.number == number:
            return row
    row = ApproachReading(
        org_id=edition.org_id, edition=edition, person=person, number=number, asked_on=actor.today
    )
    row.save()
    return row


def _follow(actor: Actor, org: Organisation) -> list[ApproachReading]:
    edition = newest(org.pk)
    if edition is None:
        return []
    here = works_here(org.pk, actor.today)
    known = readings(edition, here)
    months = months_of(org.pk)
    waiting = Task.objects.filter(
        org=org, kind=SIGN, settled_at__isnull=True, source_label=ApproachEdition._meta.label
    )
    owes = owed(here, known, months, actor.today)
    known_as = {row.ref: row for row in ApproachEdition.objects.filter(org=org)}
    asked = set()
    for task in waiting.select_related("person"):
        if task.source_ref == edition.ref and task.person_id in owes:
            asked.add(task.person_id)
        else:
            # of an edition before, of who works here no more, of a refresher asked no more
            source = known_as[task.source_ref]
            spine.settle_task(actor=actor, source=source, kind=SIGN, person=task.person)
    return [
        _ask(actor, edition, here[who].person, known.get(who, []), owes[who])
        for who in owes
        if who not in asked
    ]


def _ask(
    actor: Actor,
    edition: ApproachEdition,
    person: Person,
    rows: list[ApproachReading],
    number: int,
) -> ApproachReading:
    row = _asked(actor, edition, person, rows, number)
    if row.asked_on != actor.today:
        # who comes back is asked anew; of two workers at once the second is refused
        row = change(row, version=row.version, asked_on=actor.today)
    words = (
        _("Read again how we work with SEN, and confirm it")
        if number > 1
        else _("Read how we work with SEN, and confirm it")
    )
    spine.open_task(
        actor=actor, org=edition.org, kind=SIGN, words=words, source=edition, person=person
    )
    return row


def _kept(actor: Actor, org: Organisation, paper: Incoming) -> tuple[StoredFile, str]:
    """Keep a paper about the place; the worker asks the scanner where one is set."""
    store = store_of(org)
    try:
        arrived = arrive(store, paper)
    except FileNotTaken as refused:
        raise Invalid("paper", refused.sentence) from None
    if arrived.found.kind.code != "pdf":
        store.drop(arrived.taken)
        raise Invalid("paper", _("Choose a PDF."))
    store.keep(arrived.taken)
    file = stored(actor, org, arrived.taken, arrived.found)
    if settings.SCANNER and file.scan == Scan.WAITS:
        with as_login():
            jobs.scan_waiting.enqueue(actor.person.pk, actor.hat.key)
    return file, arrived.name[:LONGEST_NAME]
