"""Addresses of the journey round a pupil."""

from django.urls import path

from opensenco.pages.pupils import views

app_name = "pupils"
urlpatterns = [
    path("pupils/find/", views.find_pupil, name="find"),
    path("pupils/<ref:pupil>/", views.show, name="show"),
    path("pupils/<ref:pupil>/reason/", views.out_of_duty, name="out_of_duty"),
]
