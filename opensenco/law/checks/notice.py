"""Does a notice that can be appealed say what it has to? (TRB-02). See docs/law/mediation.md."""

from collections.abc import Set

from opensenco.kernel.words import mark, sentence
from opensenco.law.checks.finding import Finding, found
from opensenco.law.registry import answers
from opensenco.law.rulebook.tribunal import TRB_02

MUST_SAY = {
    "right-to-mediation": mark("the right to mediation"),
    "certificate": mark("that a certificate is needed for an appeal"),
    "adviser": mark("how to reach the mediation adviser"),
    "times": mark("the times that apply"),
    "how-to-tell": mark("how to tell the authority that mediation is wanted"),
    "contact": mark("whom to ask at the authority"),
}
"""What regulation 32 asks of a notice, by the names under which a letter is checked."""


@answers(TRB_02)
def missing(*, says: Set[str]) -> tuple[Finding, ...]:
    """What a notice leaves out, of MUST_SAY and in its order. Words it does not know are passed
    over. Raises nothing."""
    return tuple(
        found(TRB_02, name, sentence(mark("The notice does not say {what}."), what=what))
        for name, what in MUST_SAY.items()
        if name not in says
    )
