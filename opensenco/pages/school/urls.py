"""Addresses of our own place."""

from django.urls import path

from opensenco.pages.school import sight

app_name = "school"
urlpatterns = [
    path("school/who-sees/", sight.who_sees, name="who_sees"),
    path("pupils/<ref:pupil>/who-sees/", sight.who_sees_pupil, name="who_sees_pupil"),
]
