"""The page in place of every page, while an upgrade has the gate shut."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from opensenco.gate.errors import upgrading
from opensenco.kernel.halt import Watch


def while_shut(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let a view answer while the gate is shut. It may not need the record."""
    view.while_shut = True  # type: ignore[attr-defined]
    return view


class Gate:
    """Answers in place of every page while the gate is shut."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._watch = Watch(settings.DATA)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Say that it is shut, before anything asks the database who is signed in."""
        if self._watch.shut and not _answers_while_shut(request):
            return upgrading(request)
        return self._get_response(request)


def _answers_while_shut(request: HttpRequest) -> bool:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return bool(getattr(view, "while_shut", False))
