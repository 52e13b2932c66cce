"""Addresses of letters."""

from django.urls import path

from opensenco.pages.letters import sent, views, wordings, writing

app_name = "letters"
urlpatterns = [
    path("letters/", views.start, name="start"),
    path("letters/write/", writing.begin, name="begin"),
    path("letters/<ref:mailing>/", writing.look, name="mailing"),
    path("letters/<ref:mailing>/words/", writing.words, name="words"),
    path("letters/<ref:mailing>/drop/", writing.drop, name="drop"),
    path("letters/<ref:mailing>/papers/", views.papers, name="papers"),
    path("letters/one/<ref:mailing_letter>/", writing.one, name="one"),
    path("letters/one/<ref:mailing_letter>/paper/", views.paper, name="paper"),
    path("letters/sent/", sent.of_place, name="sent"),
    path("letters/sent/<ref:sent_letter>/", sent.proof, name="proof"),
    path("pupils/<ref:pupil>/letters/", sent.of_pupil, name="pupil"),
    path("letters/own/add/", wordings.add, name="add"),
    path("letters/own/<ref:letter_template>/", wordings.change, name="change"),
]
