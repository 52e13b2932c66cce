"""Addresses of the records at a glance."""

from django.urls import path

from opensenco.pages.records import editing, mistakes, views

app_name = "records"
urlpatterns = [
    path("pupils/<ref:pupil>/records/", views.show, name="show"),
    path("pupils/<ref:pupil>/results/add/", editing.add_result, name="add_result"),
    path("results/<ref:assessment_result>/", editing.correct_result, name="correct_result"),
    path(
        "results/<ref:assessment_result>/error/", mistakes.result_in_error, name="result_in_error"
    ),
    path("pupils/<ref:pupil>/incidents/add/", editing.add_incident, name="add_incident"),
    path("incidents/<ref:incident>/", editing.correct_incident, name="correct_incident"),
    path("incidents/<ref:incident>/error/", mistakes.incident_in_error, name="incident_in_error"),
    path("attendance/<ref:attendance>/", editing.correct_attendance, name="correct_attendance"),
    path(
        "attendance/<ref:attendance>/error/",
        mistakes.attendance_in_error,
        name="attendance_in_error",
    ),
]
