"""Addresses of the register."""

from django.urls import path

from opensenco.pages.register import saved, views

app_name = "register"
urlpatterns = [
    path("register/", views.register, name="list"),
    path("register/csv/", views.as_csv, name="csv"),
    path("register/views/", saved.view_list, name="views"),
    path("register/views/save/", saved.save, name="save_view"),
    path("register/views/<ref:saved_view>/", saved.change, name="change_view"),
    path("register/views/<ref:saved_view>/remove/", saved.remove, name="remove_view"),
]
