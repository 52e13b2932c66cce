"""Forms whose fields depend on the record: some for each outcome, one for each rank."""

from collections.abc import Mapping
from typing import TypeVar, cast

from django import forms

F = TypeVar("F", bound=forms.Form)


def grown(form: type[F], fields: Mapping[str, forms.Field]) -> type[F]:
    """Give a form with more fields, after its own."""
    return cast("type[F]", type(form.__name__, (form,), dict(fields)))
