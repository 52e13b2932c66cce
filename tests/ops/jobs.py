"""Jobs for the worker of the tests."""

import os
import signal
import time
from pathlib import Path

from django.db import OperationalError
from django_tasks import task


@task()
def write(path: str, text: str) -> None:
    """Write a file: what a test can see from another process."""
    Path(path).write_text(text, encoding="utf-8")


@task()
def tell(folder: str, number: int, deadly: bool) -> None:
    """Write down which process was at this job.

    Args:
        deadly: whoever is the first at it dies by signal 9 in the middle of it.
    """
    told = Path(folder) / str(number)
    first = not told.exists()
    with told.open("a") as file:
        file.write(f"{os.getpid()}\n")
    if deadly and first:
        os.kill(os.getpid(), signal.SIGKILL)


@task()
def stumble(path: str, times: int) -> None:
    """Lose the database the first so many times."""
    with Path(path).open("a+") as file:
        file.write("x")
        file.seek(0)
        tries = len(file.read())
    if tries <= times:
        raise OperationalError("the connection was lost")


@task()
def hold(begun: str, until: str) -> None:
    """Say that it has begun, and end when it is told to."""
    Path(begun).touch()
    while not Path(until).exists():
        time.sleep(0.02)


@task()
def fail(words: str) -> None:
    """Fail as a database does, which repeats what it was given."""
    try:
        raise LookupError(f"There is none called {words}.")
    except LookupError as fault:
        raise ValueError(f"{words} cannot be kept.") from fault
