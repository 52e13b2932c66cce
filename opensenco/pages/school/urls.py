"""Addresses of our own place."""

from django.urls import path

from opensenco.pages.school import calendar, joining, own_roles, own_words, sight, staff

app_name = "school"
urlpatterns = [
    path("school/who-sees/", sight.who_sees, name="who_sees"),
    path("pupils/<ref:pupil>/who-sees/", sight.who_sees_pupil, name="who_sees_pupil"),
    path("school/staff/", staff.staff, name="staff"),
    path("school/staff/add/", staff.add, name="add"),
    path("school/staff/link/", staff.link, name="link"),
    path("school/staff/<ref:membership>/end/", staff.end, name="end"),
    path("school/staff/waiting/<ref:invitation>/", staff.waiting, name="waiting"),
    path("school/staff/waiting/<ref:invitation>/link/", staff.renew, name="renew"),
    path("school/roles/", own_roles.own_roles, name="own_roles"),
    path("school/roles/add/", own_roles.add, name="add_role"),
    path("school/roles/<ref:local_role>/", own_roles.change, name="change_role"),
    path("school/term-dates/", calendar.term_dates, name="calendar"),
    path("school/words/", own_words.own_words, name="own_words"),
    path("join/<ref:organisation>/<ref:invitation>/<slug:key>/", joining.join, name="join"),
]
