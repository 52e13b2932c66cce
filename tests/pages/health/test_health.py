"""Machines that watch are told numbers, and nothing about anybody."""

import json
import logging

import pytest
from django.conf import settings
from django.db import connection

from opensenco.gate.standing import Waiting
from opensenco.kernel.logs import Lines
from tests.client import StrictClient, signed_in

ELSEWHERE = "203.0.113.7"


@pytest.mark.django_db
def test_whoever_watches_learns_whether_it_lives_and_is_ready() -> None:
    anybody = StrictClient()
    assert anybody.get("/healthz").content == b"alive\n"
    assert anybody.get("/readyz").content == b"ready\n"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM django_migrations WHERE app = 'cases'")
            answer = anybody.get("/readyz")
            assert (answer.status_code, b"another shape" in answer.content) == (503, True)


@pytest.mark.django_db
def test_numbers_are_told_to_this_machine_alone_and_name_nobody() -> None:
    (settings.DATA / "waiting.json").unlink(missing_ok=True)
    senco = signed_in("senco")
    register = senco.get("/register/")
    assert register.status_code == 200
    Waiting(at=1_800_000_000.5, jobs=3, mail=2, mail_seconds=7.25).write(settings.DATA)
    said = StrictClient().get("/metrics")
    assert said["Content-Type"].startswith("text/plain; version=0.0.4")
    text = said.content.decode()
    lines = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert float(lines['opensenco_requests_total{route="register:list",status="2xx"}']) >= 1
    bucket = 'opensenco_request_seconds_bucket{route="register:list",le="+Inf"}'
    assert lines[bucket] == lines['opensenco_request_seconds_count{route="register:list"}']
    assert float(lines["opensenco_jobs_waiting"]) == 3
    assert float(lines["opensenco_mail_oldest_seconds"]) == 7.25
    assert float(lines["opensenco_worker_report_timestamp_seconds"]) == 1_800_000_000.5
    assert float(lines["opensenco_database_up"]) == 1
    for line in text.splitlines():
        assert line.startswith(("# HELP opensenco_", "# TYPE opensenco_", "opensenco_")), line
    for word in ("Idris", "Hassan", "example.org", "larkrise"):
        assert word not in text
    # from elsewhere, and through a proxy that nobody told of, there is nothing here
    assert StrictClient(REMOTE_ADDR=ELSEWHERE).get("/metrics").status_code == 404
    through = StrictClient(HTTP_X_FORWARDED_FOR=ELSEWHERE)
    assert through.get("/metrics").status_code == 404


def test_a_line_of_the_log_is_json_and_tells_no_fault_in_its_own_words() -> None:
    try:
        raise ValueError("Idris Hassan-Cole exists already")
    except ValueError as fault:
        info = (type(fault), fault, fault.__traceback__)
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "It did not end", (), info)
    line = Lines().format(record)
    said = json.loads(line)
    assert "\n" not in line
    assert (said["level"], said["message"]) == ("error", "It did not end")
    assert said["fault"][-1] == "builtins.ValueError"
    assert "Idris" not in line
