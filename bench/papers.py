"""What searching in papers costs: `python -m bench.papers [--papers 20000]`.

That many papers of a page or two are filed among the pupils of the tests' world, two thirds of them
ordinary, a third confidential, every hundredth for the safeguarding lead. People with different
rights look for a rare word, a common one, two together, the beginning of many, the forms of one,
and two phrases. Printed are how many each finds, the median milliseconds of counting them and of
giving the first page with the words around each, and what the index and the words in their order
take on the disk.
"""

import argparse
import random
import shutil
import statistics
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.support.databases import ROOT, Databases

LETTERS, TIMES, PAGE, MANY = 600, 5, 20, 500
PEOPLE = ("senco", "teacher", "other_teacher", "dsl")


def vocabulary() -> list[str]:
    """Give made-up words, the same in each run."""
    dice = random.Random(20_000)  # noqa: S311 (nothing is secret)
    return [
        "".join(dice.choices(string.ascii_lowercase, k=dice.randint(3, 10))) for _n in range(20_000)
    ]


def texts(count: int) -> Iterator[str]:
    """Give so many texts in which the first words of the vocabulary are the commonest."""
    dice, words = random.Random(count), vocabulary()  # noqa: S311 (nothing is secret)
    weights = [1 / place for place in range(1, len(words) + 1)]
    for _each in range(count):
        yield " ".join(dice.choices(words, weights, k=LETTERS))


def fill(count: int) -> None:
    """File the papers, past the operations and without bytes of their own."""
    from opensenco.access.scope import system_scope
    from opensenco.audit.acting import as_actor
    from opensenco.documents.models import Document, DocumentVersion, PaperText, StoredFile
    from opensenco.documents.searching import key_of, said_of
    from opensenco.documents.states import Inside, Level
    from opensenco.people.models import Pupil
    from tests.cast import NOW
    from tests.people import acting_as, person

    filer = person("senco")
    with acting_as("senco", write=False) as actor:
        pass
    with system_scope("filling a cabinet to measure it"), as_actor(actor):
        file = StoredFile.objects.filter(org__in=actor.hat.orgs).order_by("id")[0]
        pupils = list(Pupil.objects.filter(org_id=file.org_id).order_by("id"))
        batch: list[tuple[Document, DocumentVersion, PaperText]] = []

        def write() -> None:
            Document.objects.bulk_create([one for one, _v, _t in batch])
            DocumentVersion.objects.bulk_create([one for _d, one, _t in batch])
            PaperText.objects.bulk_create([one for _d, _v, one in batch])
            batch.clear()

        for number, text in enumerate(texts(count)):
            level = Level.CONFIDENTIAL if number % 3 == 0 else Level.ORDINARY
            level = Level.SAFEGUARDING if number % 100 == 0 else level
            about = {"org_id": file.org_id, "pupil": pupils[number % len(pupils)]}
            said = {"filer": filer, "filed_at": NOW}
            paper = Document(**about, **said, title=f"Paper {number}", search_key="paper",
                             kind="report", level=level)  # fmt: skip
            version = DocumentVersion(**about, **said, document=paper, file=file, number=1,
                                      name="paper.txt")  # fmt: skip
            inside = PaperText(org_id=file.org_id, document=paper, version=version, words=text,
                               state=Inside.READ, key=key_of("paper", text),
                               said=said_of("paper", text))  # fmt: skip
            batch.append((paper, version, inside))
            if len(batch) == MANY:
                write()
        write()


def size() -> str:
    """Give what the index of words takes, in megabytes, beside the words themselves."""
    from django.db import connection

    if connection.vendor == "postgresql":
        asked = (
            "SELECT sum(pg_column_size(tokens)) + sum(pg_column_size(said)), "
            "sum(pg_column_size(words)) "
            "FROM documents_papertext"
        )
    else:
        asked = (
            "SELECT (SELECT sum(length(block)) FROM documents_paperwords_data) "
            "+ sum(length(said)), sum(length(words)) "
            "FROM documents_papertext"
        )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        index, words = cursor.fetchone()
    return f"the index takes {index / 1e6:.0f} MB, the words {words / 1e6:.0f} MB"


def measure() -> None:
    """Search as each person, and print it."""
    from opensenco.access.scope import system_scope
    from opensenco.documents import searching
    from tests.people import acting_as

    words = vocabulary()
    asked = {"rare": words[15_000], "common": words[3], "two": f"{words[200]} {words[900]}",
             "beginning": words[100][:2], "phrase": f'"{words[3]} {words[5]}"',
             "rare phrase": f'"{words[15_000]} {words[3]}"', "forms": "assessments"}  # fmt: skip
    for key in PEOPLE:
        for name, said in asked.items():
            counted, given = [], []
            for _each in range(TIMES):
                with acting_as(key, write=False) as actor:
                    begun = time.perf_counter()
                    count = searching.found(actor, said).count()
                    counted.append(time.perf_counter() - begun)
                    begun = time.perf_counter()
                    searching.hits(searching.found(actor, said), said, 0, PAGE)
                    given.append(time.perf_counter() - begun)
            print(
                f"  {key:<15}{name:<13}{count:>7,} found"
                f"   counted in {statistics.median(counted) * 1000:7.1f} ms"
                f"   a page in {statistics.median(given) * 1000:7.1f} ms",
                flush=True,
            )
    with system_scope("what the index takes", write=False):
        print(f"  {size()}")


def inside(count: int) -> None:
    """Fill and measure, as the worker, in the environment of a copy."""
    import tests.world  # noqa: F401 (sets Django up before any model is read)

    begun = time.perf_counter()
    fill(count)
    print(f"  {count:,} papers filed in {time.perf_counter() - begun:.0f} s", flush=True)
    measure()


def main() -> int:
    """Measure on both databases, or on one."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--papers", type=int, default=20_000)
    options.add_argument("--database", choices=["sqlite", "postgres"], action="append")
    options.add_argument("--inside", action="store_true", help="in the environment of a copy")
    given = options.parse_args()
    if given.inside:
        inside(given.papers)
        return 0
    for name in given.database or ["sqlite", "postgres"]:
        folder = Path(tempfile.mkdtemp(prefix="sen-", dir="/tmp"))
        folder.chmod(0o755)
        databases = Databases(folder, name)
        try:
            if name == "postgres":
                databases.server.start()
            environment = databases.copy("bench").environment | {"OPENSENCO_PROCESS": "worker"}
            print(name, flush=True)
            command = [sys.executable, "-m", "bench.papers", "--inside"]
            command += ["--papers", str(given.papers)]
            subprocess.run(command, cwd=ROOT, env=environment, check=True)
        finally:
            databases.server.stop()
            shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
