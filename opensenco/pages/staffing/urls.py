"""Addresses of the journey round staff who give support."""

from django.urls import path

from opensenco.pages.staffing import (
    approach,
    caseloads,
    cover,
    hours,
    onsite,
    roster,
    shortfall,
    supervision,
    workload,
)

app_name = "staffing"
urlpatterns = [
    path("staff/approach/", approach.approach, name="approach"),
    path("staff/approach/write/", approach.write, name="approach_write"),
    path("staff/approach/again/", approach.refresher, name="approach_refresher"),
    path("staff/approach/confirmed/", approach.team, name="approach_team"),
    path("staff/approach/<ref:approach_edition>/", approach.edition, name="approach_edition"),
    path("staff/approach/<ref:approach_edition>/paper/", approach.paper, name="approach_paper"),
    path("staff/hours/", hours.hours, name="hours"),
    path("staff/hours/short/", shortfall.short_weeks, name="short_weeks"),
    path("staff/shortfall/<ref:shortfall>/", shortfall.shortfall, name="shortfall"),
    path("staff/hours/<ref:hours>/", hours.take_back, name="take_back"),
    path("staff/workload/", workload.workload, name="workload"),
    path("staff/caseloads/", caseloads.caseloads, name="caseloads"),
    path("staff/roster/", roster.roster, name="roster"),
    path("staff/roster/<ref:membership>/", roster.person, name="person"),
    path("staff/supervision/", supervision.supervisions, name="supervisions"),
    path("staff/supervision/add/", supervision.add_supervision, name="add_supervision"),
    path("staff/supervision/<ref:supervision>/", supervision.supervision, name="supervision"),
    path(
        "staff/supervision/<ref:supervision>/change/", supervision.correct_supervision,
        name="correct_supervision",
    ),
    path(
        "staff/supervision/<ref:supervision>/error/", supervision.supervision_in_error,
        name="supervision_in_error",
    ),
    path("today/", cover.today, name="today"),
    path("today/here/", onsite.here, name="here"),
    path("today/here/<ref:membership>/", onsite.days, name="days"),
    path("today/away/", cover.mark_away, name="mark_away"),
    path("today/<ref:absence>/", cover.absence, name="absence"),
    path("today/<ref:absence>/choose/", cover.choose, name="choose"),
    path("today/arranged/<ref:stand_in>/", cover.take_back, name="take_choice_back"),
    path("now/cover/<ref:stand_in>/", cover.cover_note, name="cover_note"),
]  # fmt: skip
