"""Addresses of the register."""

from django.urls import path

from opensenco.pages.register import views

app_name = "register"
urlpatterns = [
    path("register/", views.register, name="list"),
    path("register/file/", views.as_file, name="file"),
]
