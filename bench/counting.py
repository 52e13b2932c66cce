"""Counts what one request asks of the database, where the one who asks wants it counted."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test.utils import CaptureQueriesContext

from bench.asking import ASKED
from tests.support.asking import FRAME


class Questions:
    """Tells in a head of the answer how many questions it took, if the request has that head."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponse]) -> None:
        self._inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, counting only where that was asked for: it is slower."""
        if ASKED not in request.headers:
            return self._inner(request)
        with CaptureQueriesContext(connection) as asked:
            answer = self._inner(request)
        told = (one["sql"].lstrip().upper() for one in asked)
        answer[ASKED] = str(sum(not sql.startswith(FRAME) for sql in told))
        return answer
