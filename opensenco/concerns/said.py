"""What somebody wrote, as other pages quote it."""

from django.utils.translation import gettext as _

from opensenco.kernel.errors import Invalid

QUOTED = 120
SHORT = 200


def needed(field: str, text: str, ask: str) -> str:
    """Give one line of text that is needed, without white space round it.

    Raises:
        Invalid: nothing is said, or more than the record holds.
    """
    clean = " ".join(text.split())
    if not clean:
        raise Invalid(field, ask)
    if len(clean) > SHORT:
        raise Invalid(field, _("Shorten this to %(most)s characters.") % {"most": SHORT})
    return clean


def quoted(text: str, most: int = QUOTED) -> str:
    """Give the beginning of what somebody wrote, in one line, cut at a word.

    Args:
        most: how many characters, before the mark of what is left out.
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    begun = line[:most].rsplit(" ", 1)[0].rstrip(",;.:")
    return f"{begun}…"
