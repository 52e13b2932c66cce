"""By which providers people sign in here: told by their short names, never by what ties them."""

from collections.abc import Iterable

from allauth.socialaccount.models import SocialAccount

from opensenco.access.scope import as_login


def of_people(people: Iterable[int]) -> dict[int, list[str]]:
    """Give for each of these people the providers by which they sign in; who has none is left out.

    The page's scope may be open: the table is no organisation's.
    """
    found: dict[int, list[str]] = {}
    with as_login():
        rows = SocialAccount.objects.filter(user_id__in=list(people)).order_by("provider")
        for person, provider in rows.values_list("user_id", "provider"):
            found.setdefault(person, []).append(provider)
    return found
