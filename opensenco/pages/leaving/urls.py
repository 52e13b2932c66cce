"""Addresses of copies of the whole record."""

from django.urls import path

from opensenco.pages.leaving import views

app_name = "leaving"
urlpatterns = [
    path("leaving/", views.start, name="start"),
    path("leaving/<ref:place_copy>/", views.show, name="show"),
    path("leaving/<ref:place_copy>/file/", views.take, name="take"),
]
