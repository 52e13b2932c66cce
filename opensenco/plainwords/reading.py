"""Sentences, words, syllables, and how hard a text is to read.

The grade is that of Flesch and Kincaid (1975): 0.39 × words a sentence + 11.8 × syllables a word,
less 15.59. The reading age is the grade and five years. Figures of short texts say little, so
nothing is said of fewer than FEWEST words.
"""

import re
from dataclasses import dataclass

FEWEST = 60
YEARS = 5
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_END = re.compile(r"(?<=[.!?])[\"”’')]{0,3}\s+|[\r\n]+")
#: what ends with a full stop and ends no sentence
_SHORT = re.compile(r"(?:\b(?:mr|mrs|ms|dr|st|vs|no|approx|e\.g|i\.e|incl|min|mins|yr)\.)$", re.I)
#: longer ones are no quotations but a mark that nobody closed
_QUOTED = re.compile(r"“[^”]{0,400}”|\"[^\"]{0,400}\"|(?<!\w)‘[^’]{0,400}’(?!\w)")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouytd]ed|[^aeiouyscxzg]es|[^aeiouy]ely)$")


def sentences(text: str) -> list[str]:
    """Give the sentences of a text; each line of a list is one."""
    found: list[str] = []
    glue = False
    for part in _END.split(text):
        words = part.strip()
        if not words:
            continue
        if glue and found:
            found[-1] = f"{found[-1]} {words}"
        else:
            found.append(words)
        glue = bool(_SHORT.search(words))
    return found


def words(text: str) -> list[str]:
    """Give the words of a text, without figures."""
    return _WORD.findall(text)


def without_quotations(text: str) -> str:
    """Give a text without what stands in quotation marks."""
    return _QUOTED.sub(" ", text)


def same_words(text: str) -> str:
    """Give what two sentences have in common that say the same: case, spaces, marks left out."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def syllables(word: str) -> int:
    """Give about how many syllables a word has, one at least."""
    plain = word.casefold().replace("’", "'").replace("'", "")
    count = sum(max(len(_VOWELS.findall(part)), 1) for part in plain.split("-") if part)
    if count > 1 and _SILENT.search(plain) and not plain.endswith(("le", "les", "led")):
        count -= 1
    if plain.endswith(("ia", "io", "ious", "ion", "iest", "uous", "ier", "ea")) and not re.search(
        r"(?:[tscg]ion|[tscg]ious|[tsc]ia|ea)$", plain
    ):
        count += 1
    return max(count, 1)


@dataclass(frozen=True, slots=True)
class Ease:
    """How hard a text is to read.

    Args:
        grade: of Flesch and Kincaid, to one place; None where there are too few words.
    """

    words: int
    sentences: int
    grade: float | None

    @property
    def age(self) -> int | None:
        """The age at which most people read such a text."""
        return None if self.grade is None else max(round(self.grade) + YEARS, YEARS + 1)


def ease(*texts: str) -> Ease:
    """Measure texts as one."""
    found = [one for text in texts for one in sentences(text)]
    spoken = [word for one in found for word in words(one)]
    if len(spoken) < FEWEST:
        return Ease(len(spoken), len(found), None)
    sounds = sum(map(syllables, spoken))
    grade = 0.39 * len(spoken) / len(found) + 11.8 * sounds / len(spoken) - 15.59
    return Ease(len(spoken), len(found), round(grade, 1))
