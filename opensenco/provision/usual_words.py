"""Progress beside what is usual, in words: for pages, packs and papers alike."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.provision.models import Usual
from opensenco.provision.progress import plain
from opensenco.provision.queries.effect import Effect
from opensenco.provision.queries.points import norm_of
from opensenco.provision.states import UsualKind
from opensenco.provision.usual import Beside, Compared
from opensenco.ui.words import MINUS


def what_is_usual(row: Usual) -> str:
    """Say what is usual for a measure, how exact it is, and where that comes from."""
    words = {
        UsualKind.SAME: _("Staying the same is usual: these scores allow for age already."),
        UsualKind.MONTHS: _("As many months as have passed are usual."),
        UsualKind.UNSAID: _("Nobody can say what is usual."),
    }.get(UsualKind(row.kind), "")
    if row.gain is not None:
        told = _("A gain of %(gain)s in a term is usual; a term is taken as a third of a year.")
        words = told % {"gain": plain(row.gain)}
    return " ".join(filter(None, (words, _exact(row), _from(row))))


def beside_usual(compared: Compared) -> str:
    """Say in a sentence or two what a pupil gained and what would have been usual in that time."""
    numbers = {
        "days": compared.days, "usual": gained(compared.usual), "by": plain(abs(compared.more)),
        "within": plain(compared.within) if compared.within is not None else "",
    }  # fmt: skip
    usual = ngettext(
        "Usual in %(days)s day would be: %(usual)s.",
        "Usual in %(days)s days would be: %(usual)s.",
        compared.days,
    )
    return f"{usual % numbers} {_told(compared) % numbers}"


def in_short(compared: Compared) -> str:
    """Say the same for a cell of a table: "about usual (usual 2.4)"."""
    words = {
        Beside.MORE: _("more than usual (usual: %(usual)s)"),
        Beside.ABOUT: _("about usual (usual: %(usual)s)"),
        Beside.LESS: _("less than usual (usual: %(usual)s)"),
    }.get(compared.beside, "")
    if compared.beside == Beside.UNSURE:
        words = (
            _("%(by)s more than usual (usual: %(usual)s), can be chance")
            if compared.more > 0
            else _("%(by)s less than usual (usual: %(usual)s), can be chance")
        )
    return words % {"usual": gained(compared.usual), "by": plain(abs(compared.more))}


def gained(gain: Decimal) -> str:
    """Say a gain as a number with its sign; staying the same in words."""
    if not gain:
        return _("the same")
    return f"+{plain(gain)}" if gain > 0 else f"{MINUS}{plain(abs(gain))}"


def of_all(found: Effect) -> list[str]:
    """Say how the gains of those who had a provision stand to what is usual. No child is ranked."""
    if found.usual is None:
        return []
    number = sum(one.compared is not None for one in found.children)
    if not number:
        return [what_is_usual(found.usual)]
    words = [_count(found, number), what_is_usual(found.usual)]
    if found.beside(Beside.UNSURE):
        words.append(
            _("How exact this measure is has not been said, so nobody is called more or less "
              "than usual by more than chance.")
        )  # fmt: skip
    return words


def _count(found: Effect, number: int) -> str:
    if found.beside(Beside.UNSURE):
        apart = [one.compared.more for one in found.children if one.compared is not None]
        return _(
            "Of %(number)s with a gain, the figures of %(more)s are above what is usual, of "
            "%(same)s at it, of %(less)s below it."
        ) % {
            "number": number, "more": _many(one > 0 for one in apart),
            "same": _many(one == 0 for one in apart), "less": _many(one < 0 for one in apart),
        }  # fmt: skip
    return _(
        "Of %(number)s with a gain, %(more)s gained more than usual, %(about)s about as usual, "
        "%(less)s less than usual."
    ) % {
        "number": number, "more": found.beside(Beside.MORE), "about": found.beside(Beside.ABOUT),
        "less": found.beside(Beside.LESS),
    }  # fmt: skip


def _many(those: Iterable[bool]) -> int:
    return sum(those)


def _told(compared: Compared) -> str:
    if compared.beside == Beside.UNSURE:
        words = (
            _("That is %(by)s more than usual.")
            if compared.more > 0
            else _("That is %(by)s less than usual.")
        )
        return words + " " + _("How exact this measure is has not been said: it can be chance.")
    return {
        Beside.MORE: _("That is more than usual: %(by)s more, and up to %(within)s can be chance."),
        Beside.LESS: _("That is less than usual: %(by)s less, and up to %(within)s can be chance."),
        Beside.ABOUT: _("That is about usual: a difference of up to %(within)s can be chance.")
        if compared.within is not None
        else _("That is about usual."),
    }[compared.beside]


def _exact(row: Usual) -> str:
    within = norm_of(row).within
    if row.error is None or within is None:
        return ""
    words = _(
        "One score has a standard error of %(error)s, so two can differ by up to %(within)s by "
        "chance, 19 times in 20."
    )
    return words % {"error": plain(row.error), "within": plain(within)}


def _from(row: Usual) -> str:
    return _("Source: %(source)s.") % {"source": row.source.rstrip(".")} if row.source else ""
