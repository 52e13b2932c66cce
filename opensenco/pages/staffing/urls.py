"""Addresses of the journey round staff who give support."""

from django.urls import path

from opensenco.pages.staffing import hours, workload

app_name = "staffing"
urlpatterns = [
    path("staff/hours/", hours.hours, name="hours"),
    path("staff/hours/<ref:hours>/", hours.take_back, name="take_back"),
    path("staff/workload/", workload.workload, name="workload"),
]
