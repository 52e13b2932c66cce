"""Addresses of observations."""

from django.urls import path

from opensenco.pages.observing import paper, views, writing

app_name = "observing"
urlpatterns = [
    path("observations/", views.of_place, name="list"),
    path("observations/new/", writing.choose_pupil, name="choose"),
    path("observations/new/<ref:pupil>/", writing.begin, name="begin"),
    path("observations/new/<ref:pupil>/set-times/", writing.sampling, name="sampling"),
    path("observations/new/<ref:pupil>/in-order/", writing.narrative, name="narrative"),
    path("observations/new/<ref:pupil>/lesson/", writing.visit, name="visit"),
    path("observations/new/<ref:pupil>/books/", writing.books, name="books"),
    path("pupils/<ref:pupil>/observations/", views.of_pupil, name="pupil"),
    path("observations/<ref:observation>/", views.show, name="show"),
    path("observations/<ref:observation>/correct/", writing.correct, name="correct"),
    path("observations/<ref:observation>/error/", writing.in_error, name="in_error"),
    path("observations/<ref:observation>/pdf/", paper.pdf, name="pdf"),
]
