"""Addresses of the guides beside the steps, and of departures from guidance."""

from django.urls import path

from opensenco.pages.steps import views

app_name = "steps"
urlpatterns = [
    path("steps/", views.guides, name="list"),
    path("steps/words/", views.words, name="words"),
    path("otherwise/", views.otherwise, name="otherwise"),
    path("pupils/<ref:pupil>/otherwise/", views.depart, name="depart"),
    path("departures/<ref:departure>/error/", views.in_error, name="in_error"),
]
