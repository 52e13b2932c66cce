"""Addresses of what the adults round a pupil tell each other."""

from django.urls import path

from opensenco.pages.threads import advising, colleagues, learning, questions, talks, views

app_name = "threads"
urlpatterns = [
    path("pupils/<ref:pupil>/messages/", views.show, name="show"),
    path("messages/", talks.talk_list, name="list"),
    path("messages/<ref:message>/", views.correct, name="correct"),
    path("messages/<ref:message>/error/", views.in_error, name="in_error"),
    path("advice/", advising.advice_list, name="advice"),
    path("advice/new/", advising.record, name="advise"),
    path("advice/new/<ref:pupil>/", advising.record_about, name="advise_about"),
    path("advice/<ref:advice>/", advising.put_right, name="advice_right"),
    path("advice/<ref:advice>/error/", advising.in_error, name="advice_in_error"),
    path("advice/<ref:advice>/before-and-after/", colleagues.walked, name="walk"),
    path("colleagues/", colleagues.colleague_list, name="colleagues"),
    path("colleagues/me/", colleagues.mine, name="with_me"),
    path("colleagues/<ref:membership>/", colleagues.colleague, name="colleague"),
    path("learning/", learning.mine, name="learning"),
    path("learning/new/", learning.record, name="learn"),
    path("learning/everybody/", learning.everybodys, name="learning_of_all"),
    path("learning/<ref:learning>/", learning.put_right, name="learning_right"),
    path("learning/<ref:learning>/error/", learning.in_error, name="learning_in_error"),
    path("ask-senco/", questions.question_list, name="questions"),
    path("ask-senco/new/", questions.ask, name="ask"),
    path("ask-senco/new/<ref:pupil>/", questions.ask_about, name="ask_about"),
    path("ask-senco/<ref:senco_question>/", questions.show, name="question"),
    path("ask-senco/<ref:senco_question>/answer/", questions.answer, name="answer"),
    path("ask-senco/<ref:senco_question>/error/", questions.in_error, name="question_in_error"),
]
