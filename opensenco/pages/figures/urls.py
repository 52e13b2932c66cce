"""Addresses of released figures."""

from django.urls import path

from opensenco.pages.figures import views, wellbeing

app_name = "figures"
urlpatterns = [
    path("figures/", views.list_released, name="list"),
    path("figures/wellbeing/", wellbeing.wellbeing, name="wellbeing"),
    path("figures/release/", views.release, name="release"),
]
