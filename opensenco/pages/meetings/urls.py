"""Addresses of meetings."""

from django.urls import path

from opensenco.pages.meetings import (
    calendars,
    holding,
    paper,
    planning,
    planning_here,
    round_it,
    views,
)

app_name = "meetings"
urlpatterns = [
    path("meetings/", views.mine, name="mine"),
    path("meetings/parents/", views.parents, name="parents"),
    path("meetings/calendar/", calendars.subscribe, name="subscribe"),
    path(
        "meetings/feed/<ref:organisation>/<ref:calendar_feed>/<slug:key>.ics",
        calendars.feed,
        name="feed",
    ),
    path("meetings/new/", planning_here.plan, name="plan_here"),
    path("meetings/new/<ref:pupil>/", planning.plan, name="plan"),
    path("meetings/answer/<ref:meeting_member>/", round_it.answer, name="answer"),
    path("meetings/actions/<ref:meeting_action>/", holding.action, name="action"),
    path("meetings/<ref:meeting>/", views.show, name="show"),
    path("meetings/<ref:meeting>/day/", planning.day, name="day"),
    path("meetings/<ref:meeting>/off/", planning.off, name="off"),
    path("meetings/<ref:meeting>/people/", round_it.people, name="people"),
    path("meetings/<ref:meeting>/papers/", round_it.papers, name="papers"),
    path("meetings/<ref:meeting>/record/", holding.record, name="record"),
    path("meetings/<ref:meeting>/give/", holding.give, name="give"),
    path("meetings/<ref:meeting>/paper/", paper.printed, name="paper"),
    path("meetings/<ref:meeting>/pdf/", paper.pdf, name="pdf"),
    path("meetings/<ref:meeting>/calendar/", calendars.one, name="file"),
    path("pupils/<ref:pupil>/meetings/", views.of_pupil, name="of_pupil"),
]
