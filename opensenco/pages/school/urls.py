"""Addresses of our own place."""

from django.urls import path

from opensenco.pages.school import (
    calendar,
    class_people,
    classes,
    joining,
    own_roles,
    own_words,
    sight,
    staff,
)

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
    path("school/classes/", classes.list_classes, name="classes"),
    path("school/classes/add/", classes.add, name="add_class"),
    path("school/classes/<ref:group>/", classes.show_class, name="class"),
    path("school/classes/<ref:group>/change/", classes.change, name="change_class"),
    path("school/classes/<ref:group>/end/", classes.end, name="end_class"),
    path("school/classes/<ref:group>/pupils/", class_people.add_pupils, name="put_pupils"),
    path("school/classes/<ref:group>/staff/", class_people.add_staff, name="put_staff"),
    path("school/classes/pupil/<ref:group_pupil>/", class_people.end_pupil, name="end_pupil"),
    path("school/classes/staff/<ref:group_staff>/", class_people.end_staff, name="end_staff"),
    path("school/roles/", own_roles.own_roles, name="own_roles"),
    path("school/roles/add/", own_roles.add, name="add_role"),
    path("school/roles/<ref:local_role>/", own_roles.change, name="change_role"),
    path("school/term-dates/", calendar.term_dates, name="calendar"),
    path("school/words/", own_words.own_words, name="own_words"),
    path("join/<ref:organisation>/<ref:invitation>/<slug:key>/", joining.join, name="join"),
]
