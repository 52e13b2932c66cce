"""Addresses of the school's own fields."""

from django.urls import path

from opensenco.pages.fields import views

app_name = "fields"
urlpatterns = [
    path("school/fields/", views.field_list, name="list"),
    path("school/fields/add/", views.add, name="add"),
    path("school/fields/<ref:own_field>/", views.change, name="change"),
    path("pupils/<ref:pupil>/fields/", views.fill_in, name="fill_in"),
    path("pupils/<ref:pupil>/fields/before/", views.before, name="before"),
]
