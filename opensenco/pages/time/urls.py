"""Addresses of working time."""

from django.urls import path

from opensenco.pages.time import views

app_name = "time"
urlpatterns = [
    path("time/", views.my_week, name="week"),
    path("time/totals/", views.all_totals, name="totals"),
    path("pupils/<ref:pupil>/time/", views.for_pupil, name="pupil"),
    path("time/<ref:time_entry>/", views.correct, name="correct"),
    path("time/<ref:time_entry>/error/", views.in_error, name="in_error"),
]
