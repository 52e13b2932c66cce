"""What each step of the guide says, and what can be done about it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opensenco.access.actor import Actor
from opensenco.cases.published import published_for
from opensenco.exchange.guide import Readings
from opensenco.exchange.states import Step
from opensenco.kernel.refs import short
from opensenco.law.calendar.years import AcademicYear
from opensenco.ui import words

Acts = list[tuple[str, str]]


@dataclass(frozen=True)
class Told:
    """The sentences of a step, and words and addresses of what can be done."""

    says: list[str]
    acts: Acts


def of_step(step: Step, read: Readings, actor: Actor) -> Told:
    """Say what the record holds of a step."""
    return TELLING[step](read, actor)


def _of(said: str, number: int) -> str:
    return said % {"num": words.number(number)}


def _terms(read: Readings, actor: Actor) -> Told:
    this_year = AcademicYear(read.this_year)
    address = f"{reverse('school:calendar')}?year={this_year.starts}&school={short(read.org.ref)}"
    named = ", ".join(str(AcademicYear(starts)) for starts in read.years)
    says = [_("Entered: %(years)s.") % {"years": named}] if read.years else []
    if this_year.starts in read.years:
        return Told(says, [(_("See the term dates"), address)])
    offers = [one for one in published_for(read.org, actor.today) if one.year == this_year]
    if offers:
        names = {"year": str(this_year), "name": offers[0].by.name}
        says.append(_("%(name)s has published its days of %(year)s: start from them, and add your "
                      "training days.") % names)  # fmt: skip
        start = f"{address}&start={short(offers[0].by.ref)}"
        mine = _("Enter %(year)s yourself") % names
        return Told(says, [(_("Start from the days of %(name)s") % names, start), (mine, address)])
    says.append(
        _("%(year)s is not entered. Until it is, every weekday that is no bank holiday counts as "
          "a school day, so legal dates can come out too early.")
        % {"year": str(this_year)}
    )  # fmt: skip
    return Told(says, [(_("Enter %(year)s") % {"year": str(this_year)}, address)])


def _staff(read: Readings, actor: Actor) -> Told:
    if not read.staff:
        says = [_("Who teaches and supports the pupils. A list of names and email addresses is "
                  "enough; whoever has no role in it becomes a teacher.")]  # fmt: skip
        acts = [
            (_("Bring in a staff list"), reverse("imports:start")),
            (_("Add one colleague"), reverse("school:add")),
        ]
        return Told(says, acts)
    says = [
        _of(
            ngettext(
                "%(num)s colleague besides you.", "%(num)s colleagues besides you.", read.staff
            ),
            read.staff,
        )
    ]
    return Told(says, [(_("See staff and roles"), reverse("school:staff"))])


def _pupils(read: Readings, actor: Actor) -> Told:
    if not read.pupils:
        says = [_("The pupil list of your school’s system as it is, with SEN status and needs if "
                  "it has them. You see what it would do before anything is done, and can take "
                  "it back.")]  # fmt: skip
        acts = [
            (_("Bring in a pupil list"), reverse("imports:start")),
            (_("Add one pupil"), reverse("pupils:add")),
        ]
        return Told(says, acts)
    says = [
        _of(ngettext("%(num)s pupil on roll.", "%(num)s pupils on roll.", read.pupils), read.pupils)
    ]
    return Told(says, [(_("Find a pupil"), reverse("pupils:find"))])


def _classes(read: Readings, actor: Actor) -> Told:
    if not read.classes:
        says = [_("Whoever teaches a class sees its pupils, and nobody else’s. Classes come with "
                  "a pupil list; who teaches them comes with a class list.")]  # fmt: skip
        acts = [
            (_("Bring in a class list"), reverse("imports:start")),
            (_("Make a class"), reverse("school:add_class")),
        ]
        return Told(says, acts)
    says = [
        _of(ngettext("%(num)s class.", "%(num)s classes.", read.classes), read.classes),
        _of(ngettext("%(num)s has staff.", "%(num)s have staff.", read.taught), read.taught),
    ]
    if read.classless:
        says.append(
            _of(
                ngettext(
                    "%(num)s pupil is in no class.",
                    "%(num)s pupils are in no class.",
                    read.classless,
                ),
                read.classless,
            )
        )
    acts = [(_("See the classes"), reverse("school:classes"))]
    if not read.taught:
        says.append(_("Until a class has staff, no teacher sees its pupils."))
        acts.insert(0, (_("Bring in a class list"), reverse("imports:start")))
    return Told(says, acts)


def _contacts(read: Readings, actor: Actor) -> Told:
    if not read.reachable:
        says = [_("Whom to tell and to ask. A list with each pupil’s contacts is enough.")]
        return Told(says, [(_("Bring in parents and carers"), reverse("imports:start"))])
    says = [_("%(some)s of %(all)s pupils have a contact.")
            % {"some": words.number(read.reachable), "all": words.number(read.pupils)}]  # fmt: skip
    return Told(says, [(_("Bring in more"), reverse("imports:start"))])


def _sen(read: Readings, actor: Actor) -> Told:
    table = f"{reverse('guide:sen')}?school={short(read.org.ref)}"
    known = read.plans + read.support
    if not known:
        says = [_("Who has SEN support or an EHC plan, and what they need first. If the pupil "
                  "list does not say, set it in one table. Starting from today, without history, "
                  "is enough.")]  # fmt: skip
        acts = [(_("Set status and needs in a table"), table)] if read.pupils else []
        return Told(says, acts)
    says = [
        _of(ngettext("%(num)s pupil with SEN:", "%(num)s pupils with SEN:", known), known)
        + " "
        + _("%(plans)s with an EHC plan, %(support)s on SEN support.")
        % {"plans": words.number(read.plans), "support": words.number(read.support)}
    ]
    if read.unranked:
        says.append(
            _of(
                ngettext(
                    "%(num)s has no need ranked.", "%(num)s have no need ranked.", read.unranked
                ),
                read.unranked,
            )
        )
    acts = [
        (_("Status and needs in a table"), table),
        (_("The register"), reverse("register:list")),
    ]
    return Told(says, acts)


def _team(read: Readings, actor: Actor) -> Told:
    says = []
    if read.come:
        says.append(
            _of(
                ngettext(
                    "%(num)s colleague can sign in.", "%(num)s colleagues can sign in.", read.come
                ),
                read.come,
            )
        )
    if read.waiting:
        says.append(
            _of(
                ngettext(
                    "%(num)s has not used their link.",
                    "%(num)s have not used their link.",
                    read.waiting,
                ),
                read.waiting,
            )
        )
        links = f"{reverse('guide:links')}?school={short(read.org.ref)}"
        return Told(says, [(_("Make their links"), links)])
    if not says:
        says = [_("Each colleague comes in by a one-time link, by which they choose a password.")]
        return Told(says, [(_("Add one colleague"), reverse("school:add"))])
    return Told(says, [(_("See staff and roles"), reverse("school:staff"))])


def _settings(read: Readings, actor: Actor) -> Told:
    acts = [
        (_("Find in the register"), reverse("settings:find")),
        (_("Add a childminder or nursery"), reverse("settings:add")),
    ]
    if not read.settings:
        return Told([_("Schools stand in the national register. Childminders and private "
                       "nurseries are added by name.")], acts)  # fmt: skip
    says = [_of(ngettext("%(num)s setting.", "%(num)s settings.", read.settings), read.settings)]
    return Told(says, [(_("See schools and settings"), reverse("settings:list")), *acts])


def _first(read: Readings, actor: Actor) -> Told:
    says = [_("A setting begins with one person, who brings in the others. What a setting writes "
              "of its pupils stays its own.")]  # fmt: skip
    if read.nobody:
        says.append(
            _of(
                ngettext(
                    "In %(num)s setting that we brought here nobody can sign in yet.",
                    "In %(num)s settings that we brought here nobody can sign in yet.",
                    read.nobody,
                ),
                read.nobody,
            )
        )
    if not read.settings:
        return Told([*says, _("It can be done once a school or setting is here.")], [])
    return Told(says, [(_("Invite their first people"), reverse("settings:list"))])


TELLING: dict[Step, Callable[[Readings, Actor], Told]] = {
    Step.TERMS: _terms,
    Step.STAFF: _staff,
    Step.PUPILS: _pupils,
    Step.CLASSES: _classes,
    Step.CONTACTS: _contacts,
    Step.SEN: _sen,
    Step.TEAM: _team,
    Step.SETTINGS: _settings,
    Step.FIRST: _first,
}
