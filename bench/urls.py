"""The addresses of the house and one that gives nothing: what the server itself costs."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from opensenco.config import urls as house


def nothing(request: HttpRequest) -> HttpResponse:
    """Give an empty answer, signed in or not, through all the middleware."""
    return HttpResponse("")


urlpatterns = [path("bench/nothing/", nothing), *house.urlpatterns]
for handler in ("handler400", "handler403", "handler404", "handler500"):
    if hasattr(house, handler):
        globals()[handler] = getattr(house, handler)
