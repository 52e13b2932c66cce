"""Pages that show the look alone, served without a database: the gallery, a form, refusals."""

from typing import Any, cast

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template import engines
from django.template.backends.jinja2 import Template
from django.template.backends.utils import csrf_input_lazy
from django.urls import path

from opensenco.ui import forms, gallery

#: what the draft store answers next, and what it was sent
answers: dict[str, int] = {"status": 200}
drafts: list[dict[str, list[str]]] = []

FORM = """{% extends "base.html" %}
{% from "ui/forms.html" import actions, error_summary, field, open_form with context %}
{% block heading %}Worried about a pupil{% endblock %}
{% block errors %}{{ error_summary(form) }}{% endblock %}
{% block content %}{% call open_form(form, draft_url="/drafts/") %}
{{ field(form.what) }}{{ field(form.when) }}{{ field(form.until) }}
{{ field(form.how, reveal={"other": field_html(form.more)}) }}{{ field(form.secret) }}
{{ actions("Send it", finish_later=true) }}
{% endcall %}{% endblock %}"""
HAND = """{% extends "base.html" %}
{% from "ui/hands.html" import big_button, foot_bar, seg %}
{% block heading %}Language group, 4R{% endblock %}
{% block content %}<form>
{% for child in ("Idris", "Grace", "Evie", "Finlay") %}
{{ seg(child|lower, child, child, [("h", "Here"), ("a", "Away")], chosen="h", kid=true) }}
{% endfor %}
{% call foot_bar() %}{{ big_button("All done: 4 here, 20 minutes") }}{% endcall %}
</form>{% endblock %}"""
PARTS = """{% extends "base.html" %}
{% block heading %}Parts{% endblock %}
{% block content %}
<a href="/parts/" hx-get="/parts/" hx-target="#list" hx-swap="outerHTML">More</a>
{% block list %}<section id="list"{% if new %} data-focus data-announce="3 pupils"{% endif %}>
<h2>{{ "New list" if new else "Old list" }}</h2>
<form data-draft-url="/drafts/" data-draft-saved="Saved %s">{{ csrf_input }}
<label>Late <textarea name="late"></textarea></label>
<p data-draft-status></p></form></section>{% endblock %}
{% endblock %}"""


class Concern(forms.VersionedForm):
    """A form with a field of each kind that scripts touch."""

    what = forms.LongText(label="What did you see?", max_length=100)
    when = forms.GovDateField(label="When")
    until = forms.PickDateField(label="Until", required=False)
    how = django_forms.ChoiceField(
        label="How",
        choices=[("class", "In class"), ("other", "Otherwise")],
        widget=django_forms.RadioSelect,
    )
    more = forms.Words(label="How else", required=False)
    secret = forms.Words(label="Password", required=False, widget=django_forms.PasswordInput)


def _draw(request: HttpRequest, source: str, **context: Any) -> HttpResponse:
    template = cast("Template", engines["jinja2"].from_string(source))
    return HttpResponse(template.render({"chrome": gallery.chrome(), **context}, request))


def show_gallery(request: HttpRequest) -> HttpResponse:
    """Show every part once."""
    template = cast("Template", engines["jinja2"].get_template("ui/gallery.html"))
    return HttpResponse(template.render(gallery.context(), request))


def concern(request: HttpRequest) -> HttpResponse:
    """Show the form, refuse it, or say that it is sent."""
    form = Concern(request.POST or None, initial={"version": 1})
    if form.is_bound and form.is_valid():
        messages.success(request, "Sent to Amara Okafor")
        return HttpResponseRedirect("/concern/")
    return _draw(request, FORM, form=form)


def keep(request: HttpRequest) -> HttpResponse:
    """Answer as the draft store would."""
    drafts.append({name: list(values) for name, values in request.POST.lists()})
    status = answers["status"]
    if status == 413:
        return JsonResponse({"error": "This is too long to keep as a draft."}, status=413)
    if status != 200:
        return HttpResponse(status=status)
    return JsonResponse({"saved_at": "2026-11-23T09:42:00+00:00"})


def hand(request: HttpRequest) -> HttpResponse:
    """Show a page for a tablet."""
    return _draw(request, HAND)


def parts(request: HttpRequest) -> HttpResponse:
    """Show a page, or the part of it that htmx asks for."""
    if request.headers.get("HX-Request"):
        template = cast("Template", engines["jinja2"].from_string(PARTS)).template
        part = template.new_context({"new": True, "csrf_input": csrf_input_lazy(request)})
        return HttpResponse("".join(template.blocks["list"](part)))
    return _draw(request, PARTS, new=False)


urlpatterns = [
    path("", hand),
    path("gallery/", show_gallery),
    path("concern/", concern),
    path("drafts/", keep),
    path("hand/", hand),
    path("parts/", parts),
]
