"""Addresses at a shared tablet, before anybody is signed in on it."""

from django.urls import path

from opensenco.pages.tablet import views

app_name = "tablet"
urlpatterns = [
    path("tablet/", views.names, name="names"),
    path("tablet/enrol/", views.enrol, name="enrol"),
    path("tablet/done/", views.done, name="done"),
    path("tablet/<ref:somebody>/", views.number, name="number"),
]
