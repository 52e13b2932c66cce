"""Addresses of reading files in."""

from django.urls import path

from opensenco.pages.imports import papers, views

app_name = "imports"
urlpatterns = [
    path("imports/", views.begin, name="start"),
    path("imports/earlier/", views.list_files, name="list"),
    path("imports/papers/", papers.bring, name="papers"),
    path("imports/papers/<ref:import_row>/", papers.paper, name="paper"),
    path("imports/<ref:file_import>/", views.show_file, name="show"),
    path("imports/<ref:file_import>/columns/", views.say_columns, name="columns"),
    path("imports/<ref:file_import>/provisions/", views.settle_provisions, name="provisions"),
    path("imports/<ref:file_import>/decide/", views.decide, name="decide"),
    path("imports/<ref:file_import>/leavers/", views.leavers, name="leavers"),
    path("imports/<ref:file_import>/apply/", views.apply, name="apply"),
    path("imports/<ref:file_import>/wait-again/", views.take_back, name="take_back"),
    path("imports/<ref:file_import>/give-up/", views.give_up, name="give_up"),
    path("imports/<ref:file_import>/undo/", views.undo, name="undo"),
    path("imports/<ref:file_import>/refused/", views.refused, name="refused"),
]
