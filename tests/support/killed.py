"""Sends a form in a process of its own, and kills that process with signal 9 at a chosen step.

Run as `python -m tests.support.killed`. The first line on its input says what is sent; each further
line is the number of the step before which the process dies. A step is a statement, or one side of
a commit. It says "ready", then "killed" or "done" for each.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django


def main() -> None:
    """Read what to send, then fork a process for each step that is asked for."""
    django.setup()
    from django.conf import settings
    from django.db import connections
    from django.test import Client

    asked = json.loads(sys.stdin.readline())
    client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    client.cookies[settings.SESSION_COOKIE_NAME] = asked["session"]
    # So that each process that dies has read the code already.
    client.get(asked["address"])
    connections.close_all()
    print("ready", flush=True)  # noqa: T201 (the answer)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _send(client, asked, int(line))
        _pid, status = os.waitpid(child, 0)
        print("killed" if os.WIFSIGNALED(status) else "done", flush=True)  # noqa: T201 (the answer)


def _send(client: Any, asked: dict[str, Any], last: int) -> None:
    """Send the form, and die before step `last`; never comes back."""
    from django.db import connection

    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1
        if steps == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(execute: Callable[..., Any], *told: Any) -> Any:
        step()
        return execute(*told)

    commit = connection._commit  # type: ignore[attr-defined]

    def committed() -> None:
        step()
        commit()
        step()

    connection._commit = committed  # type: ignore[attr-defined]
    with connection.execute_wrapper(statement):
        answer = client.post(asked["address"], asked["data"])
    connection.close()
    os._exit(0 if answer.status_code == 302 else 1)


if __name__ == "__main__":
    main()
