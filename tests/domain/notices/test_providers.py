"""GOV.UK Notify and the providers of django-anymail, spoken to on the loopback."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.test import RequestFactory
from django_tasks_db.models import DBTaskResult

from opensenco.access.scope import system_scope
from opensenco.access.sessions import SessionStore
from opensenco.config import mail as config
from opensenco.notices import returning
from opensenco.notices.models import BadAddress
from opensenco.notices.states import CameBack, MailState
from opensenco.ops import posting
from opensenco.pages.notices import hearing
from tests.domain.notices.mailing import House, house, of, posted

pytestmark = [pytest.mark.django_db, pytest.mark.worker]
KEY = "test-11111111-1111-4111-8111-111111111111-22222222-2222-4222-8222-222222222222"
TEMPLATE = "33333333-3333-4333-8333-333333333333"


@dataclass
class Provider:
    """What was asked of it, and what it answers: by method and the beginning of the path."""

    answers: dict[str, tuple[int, Any]]
    asked: list[tuple[str, Any]] = field(default_factory=list)
    url: str = ""


@contextmanager
def speaking(provider: Provider) -> Iterator[Provider]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = f"{self.command} {self.path}"
            provider.asked.append((asked, json.loads(body or b"null")))
            found = [a for start, a in provider.answers.items() if asked.startswith(start)]
            status, answer = found[-1]
            said = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = _answer

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[House]:
    with house(monkeypatch, settings) as made:
        yield made


def test_notify_sends_by_its_template_and_is_asked_what_became(mails: House, settings: Any) -> None:
    answers: dict[str, tuple[int, Any]] = {
        "POST /v2/notifications/email": (201, {"id": "n-1"}),
        "GET /v2/notifications/n-1": (200, {"status": "delivered"}),
        "GET /v2/notifications?": (200, {"notifications": []}),
    }
    with speaking(Provider(answers)) as notify:
        settings.MAIL = replace(
            settings.MAIL, kind="notify",
            notify={"key": KEY, "template": TEMPLATE, "base": notify.url},
        )  # fmt: skip
        settings.EMAIL_BACKEND = config.NOTIFY
        mail = posted("gran@example.org")
        assert mails.rounds()
        asked, said = notify.asked[0]
        assert asked == "POST /v2/notifications/email"
        assert said["personalisation"] == {"subject": "Your code", "body": "Your code is 4711."}
        assert said["email_address"] == "gran@example.org"
        assert str(mail.ref) in said["reference"]
        assert (of(mail).state, of(mail).known_as) == (MailState.SENT, "n-1")
        # it is asked later, and then it has not arrived
        posting.ask_what_became()
        assert not back("gran@example.org")
        answers["GET /v2/notifications/n-1"] = (200, {"status": "permanent-failure"})
        posting.ask_what_became()
        assert back("gran@example.org") == [CameBack.RETURNED]
        # one that may have gone out already is asked for before it is sent again
        answers["POST /v2/notifications/email"] = (500, {"message": "down"})
        again = posted("aunt@example.org")
        assert not mails.rounds()
        mails.later(minutes=2)
        answers["GET /v2/notifications?"] = (200, {"notifications": [{"id": "n-2"}]})
        sends = sum(asked.startswith("POST") for asked, _said in notify.asked)
        assert mails.rounds()
        assert of(again).known_as == "n-2"
        assert sum(asked.startswith("POST") for asked, _said in notify.asked) == sends
        # and an address that it refuses is marked
        refusal = {"errors": [{"error": "ValidationError", "message": "email_address Not valid"}]}
        answers["POST /v2/notifications/email"] = (400, refusal)
        posted("odd@example.org")
        assert mails.rounds()
        assert back("odd@example.org") == [CameBack.REFUSED]


def back(address: str) -> list[str]:
    with system_scope("looking for addresses that came back", write=False):
        rows = BadAddress.objects.filter(address=address, settled_at__isnull=True)
        return list(rows.values_list("why", flat=True))


def test_a_provider_sends_and_tells_of_mail_that_came_back(mails: House, settings: Any) -> None:
    answers = {
        "POST /email": (200, {"ErrorCode": 0, "Message": "OK", "MessageID": "p-1",
                             "To": "gran@example.org"}),
    }  # fmt: skip
    with speaking(Provider(answers)) as postmark:
        anymail = {
            "POSTMARK_SERVER_TOKEN": "token",
            "POSTMARK_API_URL": postmark.url,
            "WEBHOOK_SECRET": "name:word",
        }
        settings.MAIL = replace(settings.MAIL, kind="postmark", anymail=anymail)
        settings.ANYMAIL = anymail
        settings.EMAIL_BACKEND = config.PROVIDERS["postmark"][0]
        mail = posted("gran@example.org")
        assert mails.rounds()
    assert (of(mail).state, of(mail).known_as) == (MailState.SENT, "p-1")
    told = {"RecordType": "Bounce", "MessageID": "p-1", "Type": "HardBounce", "ID": 42,
            "BouncedAt": "2027-03-10T10:00:00Z", "Email": "gran@example.org"}  # fmt: skip
    (route,) = hearing.paths(settings.MAIL)
    assert getattr(route.callback, "csrf_exempt", False)
    assert hear(route.callback, told, "name:other") == 400
    assert not jobs()
    assert hear(route.callback, told, "name:word") == 200
    # opened, delivered and the like are nothing to us
    hear(route.callback, {**told, "RecordType": "Delivery", "DeliveredAt": "x"}, "name:word")
    ((known_as, why),) = jobs()
    returning.mail_came_back.call(known_as, why)
    returning.mail_came_back.call("p-unknown", why)
    assert back("gran@example.org") == [CameBack.RETURNED]


def hear(view: Any, told: dict[str, Any], secret: str) -> int:
    from django.core.exceptions import SuspiciousOperation

    basic = base64.b64encode(secret.encode()).decode()
    request = RequestFactory().post(
        "/mail/postmark/", json.dumps(told), "application/json",
        headers={"Authorization": f"Basic {basic}"},
    )  # fmt: skip
    request.session = SessionStore()
    try:
        return int(view(request).status_code)
    except SuspiciousOperation:
        return 400


def jobs() -> list[tuple[str, str]]:
    rows = DBTaskResult.objects.filter(task_path=returning.mail_came_back.module_path)
    return [tuple(row.args_kwargs["args"]) for row in rows]
