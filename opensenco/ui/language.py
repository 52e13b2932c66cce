"""The language of a page, for what is looked up once for each language."""

from functools import lru_cache

from django.conf import settings
from django.core.signals import setting_changed
from django.utils.translation import get_language, gettext


def language_now() -> str | None:
    """Give the code of the language that is spoken now.

    Where there is only one it is that. Django would look into the storage of the thread each time,
    and a page of a register asks two hundred times.
    """
    return _only_one() or get_language()


def spoken(message: str) -> str:
    """Look a text up once for each language: for what a page says each time it is drawn.

    Where it is imported as `_`, texts are found for translation as ever.
    """
    return _looked_up(message, language_now())


@lru_cache(maxsize=10_000)
def _looked_up(message: str, language: str | None) -> str:
    return gettext(message)


@lru_cache(maxsize=1)
def _only_one() -> str | None:
    """Give the one language there is, None where there are several. Settings stay as they are."""
    return settings.LANGUAGE_CODE if len(settings.LANGUAGES) == 1 else None


def _forget(**_changed: object) -> None:
    _only_one.cache_clear()


setting_changed.connect(_forget)
