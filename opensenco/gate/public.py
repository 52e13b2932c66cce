"""@public: a page for anybody, with the reason why it needs no door."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from opensenco.gate.answer import Answer
from opensenco.gate.chrome import bare_chrome

View = Callable[..., Answer | HttpResponseBase]


def public(reason: str) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Make a view a page for anybody. It opens no scope, so it can show nothing of anybody.

    Args:
        reason: why anybody may see it; the contract test prints the list.
    """
    if not reason.strip():
        raise ValueError("say why anybody may see this page")

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @functools.wraps(view)
        def opened(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            answer = view(request, **kwargs)
            if isinstance(answer, Answer):
                return answer.render(request, {"chrome": bare_chrome()})
            return answer

        opened.public = reason  # type: ignore[attr-defined]
        return opened

    return decorate
