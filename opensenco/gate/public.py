"""@public: a page for anybody, with the reason why it needs no door."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from opensenco.gate import errors
from opensenco.gate import tablet as tablets
from opensenco.gate.answer import Answer
from opensenco.gate.chrome import bare_chrome

#: ways of asking that any page of ours can answer
METHODS = ("GET", "HEAD", "POST")
View = Callable[..., Answer | HttpResponseBase]


def public(
    reason: str, *, tablet: bool = False
) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Make a view a page for anybody. It opens no scope, so it can show nothing of anybody.

    Args:
        reason: why anybody may see it; the contract test prints the list.
        tablet: opens for whoever came in on a shared tablet as well. Every other page is refused
            there, also those on which a person changes their own account.
    """
    if not reason.strip():
        raise ValueError("say why anybody may see this page")

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @functools.wraps(view)
        def opened(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if not tablet and tablets.seat_of(request):
                return errors.not_on_tablet(request)
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            answer = view(request, **kwargs)
            if isinstance(answer, Answer):
                return answer.render(request, {"chrome": bare_chrome()})
            return answer

        opened.public = reason  # type: ignore[attr-defined]
        return opened

    return decorate
