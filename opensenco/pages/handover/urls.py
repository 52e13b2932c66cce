"""Addresses of hand-overs."""

from django.urls import path

from opensenco.pages.handover import offers, passing, steps, views

app_name = "handover"
urlpatterns = [
    path("hand-overs/", views.hand_overs, name="list"),
    path("hand-overs/begin/", views.begin, name="begin"),
    path("hand-overs/asked-for/", offers.asked_for, name="offered"),
    path("hand-overs/waiting/", passing.pass_on, name="pass_on"),
    path("hand-overs/<ref:hand_over>/", views.show, name="show"),
    path("hand-overs/<ref:hand_over>/pdf/", views.pdf, name="pdf"),
    path("hand-overs/<ref:hand_over>/meeting/", steps.meet, name="meet"),
    path("hand-overs/<ref:hand_over>/give/", steps.give, name="give"),
    path("hand-overs/<ref:hand_over>/take/", steps.take, name="take"),
    path("hand-overs/<ref:hand_over>/error/", steps.in_error, name="in_error"),
    path("hand-over-pupils/<ref:hand_over_pupil>/", steps.note, name="note"),
]
