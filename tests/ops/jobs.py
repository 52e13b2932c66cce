"""A job for the worker of the tests."""

from pathlib import Path

from django_tasks import task


@task()
def write(path: str, text: str) -> None:
    """Write a file: what a test can see from another process."""
    Path(path).write_text(text, encoding="utf-8")
