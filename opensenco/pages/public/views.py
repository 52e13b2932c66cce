"""Pages for anybody. They open no scope, so they can show nothing of anybody."""

from django.http import HttpRequest

from opensenco.access.roles import ROLES
from opensenco.gate.answer import Answer
from opensenco.gate.public import public
from opensenco.ui import gallery as parts


@public("help is for everybody, signed in or not")
def help_page(request: HttpRequest) -> Answer:
    """Say what OpenSENCO is for and how to begin."""
    return Answer("public/help.html")


@public("an accessibility statement is for everybody")
def accessibility(request: HttpRequest) -> Answer:
    """Say what works for whom, and what to do when something does not."""
    return Answer("public/accessibility.html")


@public("who may see what is nobody's secret")
def privacy(request: HttpRequest) -> Answer:
    """Say who sees what, by role."""
    return Answer("public/privacy.html", {"roles": ROLES})


@public("the parts of the look hold made-up people only")
def gallery(request: HttpRequest) -> Answer:
    """Show every part of the look once."""
    return Answer("ui/gallery.html", parts.context(request.GET))
