"""The language of a page, for what is looked up once for each language."""

from functools import lru_cache

from django.conf import settings
from django.core.signals import setting_changed
from django.utils.translation import get_language


def language_now() -> str | None:
    """Give the code of the language that is spoken now.

    Where there is only one it is that. Django would look into the storage of the thread each time,
    and a page of a register asks two hundred times.
    """
    return _only_one() or get_language()


@lru_cache(maxsize=1)
def _only_one() -> str | None:
    """Give the one language there is, None where there are several. Settings stay as they are."""
    return settings.LANGUAGE_CODE if len(settings.LANGUAGES) == 1 else None


def _forget(**_changed: object) -> None:
    _only_one.cache_clear()


setting_changed.connect(_forget)
