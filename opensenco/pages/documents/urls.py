"""Addresses of documents."""

from django.urls import path

from opensenco.pages.documents import filing, kept, putting_right, search, views

app_name = "documents"
urlpatterns = [
    path("pupils/<ref:pupil>/documents/", views.of_pupil, name="list"),
    path("pupils/<ref:pupil>/documents/file/", filing.file_here, name="file"),
    path("pupils/<ref:pupil>/documents/filed/", filing.just_filed, name="filed"),
    path("pupils/<ref:pupil>/documents/safeguarding/", filing.hand_in, name="hand_in"),
    path("pupils/<ref:pupil>/documents/search/", search.of_pupil, name="search_in"),
    path("pupils/<ref:pupil>/documents/hold/", kept.hold, name="hold"),
    path("documents/past-their-date/", kept.passed, name="passed"),
    path("documents/search/", search.everywhere, name="search"),
    path("documents/<ref:document>/", views.show, name="show"),
    path("documents/<ref:document>/details/", putting_right.correct, name="correct"),
    path("documents/<ref:document>/version/", filing.new_version, name="new_version"),
    path("documents/<ref:document>/error/", putting_right.in_error, name="in_error"),
    path("documents/versions/<ref:document_version>/", views.download, name="download"),
]
