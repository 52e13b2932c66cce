"""Addresses of the register."""

from django.urls import path

from opensenco.pages.register import views

app_name = "register"
urlpatterns = [
    path("register/", views.register, name="list"),
    path("register/csv/", views.as_csv, name="csv"),
]
