"""The language of a page, for what is looked up once for each language."""

from django.conf import settings
from django.utils.translation import get_language


def language_now() -> str | None:
    """Give the code of the language that is spoken now.

    Where there is only one it is that. Django would look into the storage of the thread each time,
    and a page of a register asks two hundred times.
    """
    return settings.LANGUAGE_CODE if len(settings.LANGUAGES) == 1 else get_language()
