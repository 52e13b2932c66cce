"""Addresses of the journey round a plan."""

from django.urls import path

from opensenco.pages.plans import views

app_name = "plans"
urlpatterns = [
    path("pupils/<ref:pupil>/status/", views.status, name="status"),
    path("pupils/<ref:pupil>/plan/", views.plan, name="plan"),
]
