"""The numbers in the words of Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats/."""

from collections.abc import Iterator

from django.conf import settings

import opensenco
from opensenco.gate import counting, standing

P = "opensenco_"


def numbers(*, shut: bool) -> str:
    """Give every number there is, with its help and kind."""
    lines = [*_itself(shut), *_waiting(), *_requests()]
    return "\n".join(lines)


def _gauge(name: str, told: str, value: float, labels: str = "") -> list[str]:
    return [
        f"# HELP {P}{name} {told}",
        f"# TYPE {P}{name} gauge",
        f"{P}{name}{labels} {value:.17g}",
    ]


def _itself(shut: bool) -> Iterator[str]:
    yield from _gauge("info", "The version that runs.", 1, f'{{version="{opensenco.__version__}"}}')
    yield from _gauge("database_up", "Whether the database answers.", float(standing.answers()))
    yield from _gauge("upgrading", "Whether the gate is shut for an upgrade.", float(shut))


def _waiting() -> Iterator[str]:
    waits = standing.Waiting.read(settings.DATA)
    if waits is None:
        return
    for name, told, value in (
        ("worker_report_timestamp_seconds", "When the worker last said what waits.", waits.at),
        ("jobs_waiting", "Jobs that are due.", waits.jobs),
        ("jobs_failed", "Jobs that did not come to their end.", waits.jobs_failed),
        ("jobs_oldest_seconds", "How long the oldest job has been due.", waits.job_seconds),
        ("mail_waiting", "Mail in the outbox that is due.", waits.mail),
        ("mail_stopped", "Mail stopped since its address came back.", waits.mail_stopped),
        ("mail_oldest_seconds", "How long the oldest mail has been due.", waits.mail_seconds),
        ("files_waiting_for_scanner", "Files that nobody can open yet.", waits.files),
    ):
        yield from _gauge(name, told, value)


def _requests() -> Iterator[str]:
    found = counting.counted(settings.DATA)
    yield f"# HELP {P}requests_total Requests by route and kind of status."
    yield f"# TYPE {P}requests_total counter"
    for one in found:
        for status, count in zip(counting.STATUSES, one.statuses, strict=True):
            if count:
                yield f'{P}requests_total{{route="{one.route}",status="{status}"}} {count}'
    yield f"# HELP {P}request_seconds How long answers took, by route."
    yield f"# TYPE {P}request_seconds histogram"
    for one in found:
        name = f'{P}request_seconds_bucket{{route="{one.route}"'
        for most, count in zip(counting.BUCKETS, one.within, strict=True):
            yield f'{name},le="{most:g}"}} {count}'
        yield f'{name},le="+Inf"}} {one.all}'
        yield f'{P}request_seconds_sum{{route="{one.route}"}} {one.seconds:.6f}'
        yield f'{P}request_seconds_count{{route="{one.route}"}} {one.all}'
