"""The school census before it is returned: a list to check, and its SEN items as a file."""

from django.http import HttpRequest

from opensenco.access.actions import Action
from opensenco.access.actor import Actor
from opensenco.access.reach import Reach
from opensenco.exchange import out
from opensenco.gate.answer import Answer, Listed
from opensenco.gate.page import Logs, page
from opensenco.kernel.errors import NotAllowed
from opensenco.pages.census import extract, show, words

#: the census is of a whole school: whoever has the register of one part only cannot check it
WHO = {"senco": 200, "head": 200, "admin": 200, "phase_senco": 403, "teacher": 403,
       "other_teacher": 403, "ta": 403, "dsl": 403, "governor": 403, "parent": 403,
       "outsider": 200, "shared_senco": 200, "family": 403, "authority": 403}  # fmt: skip


@page(Action.REGISTER_VIEW, logs=Logs.LIST, tab="register", who=WHO)
def census(request: HttpRequest, actor: Actor) -> Answer:
    """Show what a census would say of every pupil on roll and what is wrong; or give it as a file.

    The address's own words: `census` a day, `school`, `view`; `extract` for the file of its items.
    """
    if actor.hat.reach(Action.REGISTER_VIEW) is not Reach.ALL:
        raise NotAllowed
    shown = show.census(actor, request.GET)
    if kind := out.asked(request.GET):
        which = extract.Which.asked(request.GET)
        name = shown.file_name(which)
        table = extract.table(shown.found, which) if which else show.table(shown)
        return out.as_file(actor, kind, name, table, wanted=f"{name} {shown.view}".strip())
    return Answer(
        "census/list.html",
        {"shown": shown, "changed": words.all_changed},
        listed=Listed(len(shown.lines), shown.wanted),
    )
