"""Addresses of the journey of support."""

from django.urls import path

from opensenco.pages.plans import views

app_name = "plans"
urlpatterns = [
    path("pupils/<ref:pupil>/status/", views.status, name="status"),
    path("plans/<ref:cycle>/", views.plan, name="plan"),
]
