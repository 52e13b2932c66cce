"""Addresses of reports."""

from django.urls import path

from opensenco.pages.reports import aim_writing, aims, deciding, papers, views, writing

app_name = "reports"
urlpatterns = [
    path("reports/", views.start, name="list"),
    path("reports/begin/", writing.begin, name="begin"),
    path("reports/aims/", aims.every, name="aims"),
    path("reports/aims/add/", aim_writing.add, name="aim_add"),
    path("reports/aims/<ref:plan_aim>/", aims.one, name="aim"),
    path("reports/aims/<ref:plan_aim>/change/", aim_writing.change, name="aim_change"),
    path("reports/aims/<ref:plan_aim>/note/", aim_writing.note, name="aim_note"),
    path("reports/aims/<ref:plan_aim>/end/", aim_writing.end, name="aim_end"),
    path("reports/aims/<ref:plan_aim>/again/", aim_writing.again, name="aim_again"),
    path("reports/aims/<ref:plan_aim>/error/", aim_writing.in_error, name="aim_error"),
    path("reports/aims/note/<ref:aim_note>/error/", aim_writing.note_in_error, name="note_error"),
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
