"""What somebody wrote, as other pages quote it."""

QUOTED = 120


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
