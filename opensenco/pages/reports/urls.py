"""Addresses of reports."""

from django.urls import path

from opensenco.pages.reports import deciding, papers, views, writing

app_name = "reports"
urlpatterns = [
    path("reports/", views.start, name="list"),
    path("reports/begin/", writing.begin, name="begin"),
    path("reports/<ref:report>/", views.show, name="show"),
    path("reports/<ref:report>/send/", deciding.send, name="send"),
    path("reports/<ref:report>/back/", deciding.back, name="back"),
    path("reports/<ref:report>/decide/", deciding.decide, name="decide"),
    path("reports/<ref:report>/publish/", deciding.publish, name="publish"),
    path("reports/<ref:report>/drop/", deciding.drop, name="drop"),
    path("reports/<ref:report>/papers/", papers.ask, name="ask_paper"),
    path("reports/part/<ref:report_part>/", writing.part, name="part"),
    path("reports/point/<ref:report_point>/", writing.point, name="point"),
    path("reports/edition/<ref:report_edition>/", views.edition, name="edition"),
    path("reports/paper/<ref:report_paper>/", papers.paper, name="paper"),
    path("reports/paper/<ref:report_paper>/file/", papers.file, name="file"),
]
