"""How many questions a page asks of the record, counted alike on both databases.

pytest-django's `django_assert_num_queries` counts the statements that open and close scopes as
well; PostgreSQL has more of them than SQLite, so no one number would be right for both.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

#: what opens and closes scopes and transactions asks nothing of the record
FRAME = ("SET ", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "PRAGMA")


@contextmanager
def asks(count: int) -> Iterator[None]:
    """Fail where the block asks the database more or less often; the failure lists all of it."""
    with CaptureQueriesContext(connection) as asked:
        yield
    questions = [q["sql"] for q in asked if not q["sql"].lstrip().upper().startswith(FRAME)]
    listed = "\n".join(f"{n}. {sql[:200]}" for n, sql in enumerate(questions, start=1))
    assert len(questions) == count, f"{len(questions)} questions and not {count}:\n{listed}"
