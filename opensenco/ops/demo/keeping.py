"""Somebody of long ago in the demonstration: papers past their date, and one that has gone."""

from dataclasses import replace
from datetime import date, timedelta

from opensenco.access.actor import Actor
from opensenco.access.scope import system_scope
from opensenco.documents.keeping import Incoming, store_of
from opensenco.documents.operations.filing import Paper, file_documents
from opensenco.kernel.dates import add_years
from opensenco.ops.demo.world import SCHOOL, World
from opensenco.ops.disposing import disposer
from opensenco.people.models import Pupil
from opensenco.people.operations.pupils import add_pupil
from opensenco.protection.models import PaperDisposal
from opensenco.protection.operations.papers import carry_out_papers, decide_papers, finish_papers
from opensenco.provision.operations.leaving import leave

#: days ago on which the old files were brought in, and on which somebody decided about a paper
BROUGHT, DECIDED = 40, 15
#: years since they were born, and since they left
OLD, LEFT = 27, 15
PAPERS = (
    ("Consent to swimming lessons", "consent"),
    ("Work sample, Year 4", "evidence"),
    ("Consent to a photograph", "consent"),
    ("Review of spring", "review"),
)
WHY = "The pool closed, and nobody can ask for it any more."


def make(world: World) -> None:
    """Bring in the old file of a former pupil; the head lets one paper of it go."""
    head = world.desk(SCHOOL).head
    brought, decided = (world.today - timedelta(days=days) for days in (BROUGHT, DECIDED))
    with world.acting(world.senco(SCHOOL, brought), brought, at=SCHOOL) as actor:
        pupil = _of_long_ago(world, actor)
        papers = [
            Paper(Incoming(f"{title}.txt", [f"{title}.".encode()]), title=title, kind=kind)
            for title, kind in PAPERS
        ]
        filed = file_documents(actor=actor, pupil=pupil, papers=papers)
    with world.acting(head, decided, at=SCHOOL) as actor:
        row = decide_papers(actor=actor, pupil=pupil, papers=[filed[0].ref], why=WHY)
    _carry_out(world, row)


def _of_long_ago(world: World, actor: Actor) -> Pupil:
    born = add_years(world.today, -OLD) - timedelta(days=100)
    pupil = add_pupil(
        actor=actor, org=world.school, first_name="Tobias", last_name="Fenwright", birth_date=born,
        joined_on=date(born.year + 4, 9, 3),
    )  # fmt: skip
    left = date(world.today.year - LEFT, 7, 20)
    return leave(actor=actor, pupil=pupil, version=None, on=left, to="Fallow Vale High School")


def _carry_out(world: World, decided: PaperDisposal) -> None:
    """Let the worker do what it does each day, on the day on which it was due."""
    with system_scope("dispose of a paper of the demonstration"):
        row = PaperDisposal.objects.select_related("org", "person").get(pk=decided.pk)
        worker = replace(disposer(row), at=world.moment(row.due_on))
        carry_out_papers(actor=worker, paper_disposal=row, version=row.version)
        for digest in row.left:
            store_of(row.org).remove(digest)
        finish_papers(actor=worker, paper_disposal=row, version=row.version)
