"""Addresses of the register."""

from django.urls import path

from opensenco.pages.register import saved, several, several_plans, views

app_name = "register"
urlpatterns = [
    path("register/", views.register, name="list"),
    path("register/csv/", views.as_csv, name="csv"),
    path("register/several/", several.choose, name="several"),
    path("register/several/ask/", several.ask, name="several_ask"),
    path("register/several/remind/", several.remind, name="several_remind"),
    path("register/several/review/", several_plans.review, name="several_review"),
    path("register/several/profiles/", several_plans.profiles, name="several_profiles"),
    path(
        "register/several/profiles/pdf/",
        several_plans.profiles_paper,
        name="several_profiles_pdf",
    ),
    path("register/several/file/", several.file, name="several_file"),
    path("register/views/", saved.view_list, name="views"),
    path("register/views/save/", saved.save, name="save_view"),
    path("register/views/<ref:saved_view>/", saved.change, name="change_view"),
    path("register/views/<ref:saved_view>/remove/", saved.remove, name="remove_view"),
]
