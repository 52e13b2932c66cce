"""Addresses of rights over personal data."""

from django.urls import path

from opensenco.pages.protection import giving, keeping, papers, requests, review

app_name = "protection"
urlpatterns = [
    path("requests/", requests.start, name="requests"),
    path("pupils/<ref:pupil>/requests/", requests.about, name="about"),
    path("pupils/<ref:pupil>/requests/add/", requests.add, name="add"),
    path("requests/<ref:data_request>/", requests.one, name="show"),
    path("requests/<ref:data_request>/happened/", requests.happened, name="happened"),
    path("requests/<ref:data_request>/gather/", requests.gather, name="gather"),
    path("requests/<ref:data_request>/package/", requests.package, name="package"),
    path("requests/<ref:data_request>/looked/", requests.looked, name="looked"),
    path("requests/<ref:data_request>/answer/", requests.answer, name="answer"),
    path("requests/<ref:data_request>/review/", review.parts, name="review"),
    path("requests/piece/<ref:gathered_item>/", review.piece, name="piece"),
    path("requests/piece/<ref:gathered_item>/file/", review.piece_file, name="piece_file"),
    path("requests/piece/<ref:gathered_item>/copy/", giving.blacked_out, name="blacked_out"),
    path("requests/piece/<ref:gathered_item>/copy/file/", giving.blacked_out_file, name="copy"),
    path("requests/package/<ref:request_package>/sealed/", giving.sealed, name="sealed"),
    path("requests/package/<ref:request_package>/file/", review.package_file, name="file"),
    path("keeping/", keeping.start, name="keeping"),
    path("keeping/years/", keeping.years, name="years"),
    path("pupils/<ref:pupil>/keeping/", keeping.decide, name="decide"),
    path("pupils/<ref:pupil>/keeping/papers/", papers.choose, name="papers"),
    path("keeping/papers/<ref:paper_disposal>/", papers.certificate, name="paper_certificate"),
    path("keeping/<ref:disposal>/", keeping.certificate, name="certificate"),
]
