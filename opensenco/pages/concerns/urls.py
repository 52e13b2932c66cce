"""Addresses of concerns, and of what is for the safeguarding lead."""

from django.urls import path

from opensenco.pages.concerns import deciding, safeguarding, views

app_name = "concerns"
urlpatterns = [
    path("concerns/", views.concern_list, name="list"),
    path("concerns/new/", views.choose_pupil, name="choose"),
    path("concerns/new/<ref:pupil>/", views.raise_one, name="new"),
    path("concerns/<ref:concern>/", views.show, name="show"),
    path("concerns/<ref:concern>/decide/", deciding.triage, name="triage"),
    path("concerns/<ref:concern>/try/", deciding.take_up, name="take_up"),
    path("concerns/<ref:concern>/pass-on/", deciding.pass_on, name="pass_on"),
    path("concerns/<ref:concern>/settle/", deciding.settle, name="settle"),
    path("concerns/<ref:concern>/error/", deciding.in_error, name="in_error"),
    path("safeguarding/", safeguarding.notes, name="notes"),
    path("safeguarding/passed-on/", safeguarding.passed_on, name="passed_on"),
    path("safeguarding/new/<ref:pupil>/", safeguarding.write, name="safeguarding"),
    path("safeguarding/move/<ref:pupil>/", safeguarding.move, name="move"),
    path("safeguarding/<ref:safeguarding_note>/", safeguarding.note, name="note"),
]
