"""Addresses of what a concern leads to, and of diagnoses."""

from django.urls import path

from opensenco.pages.followed import advised, diagnoses, missed, own_signs, referrals, steps

app_name = "followed"
urlpatterns = [
    path("referrals/", referrals.of_place, name="referrals"),
    path("referrals/new/<ref:pupil>/", referrals.refer, name="refer"),
    path("referrals/<ref:referral>/", referrals.show, name="referral"),
    path("referrals/<ref:referral>/news/", referrals.news, name="news"),
    path("referrals/<ref:referral>/advised/", advised.advise, name="advise"),
    path("referrals/advice/<ref:referral_advice>/", advised.advice, name="advice"),
    path("referrals/<ref:referral>/error/", referrals.in_error, name="referral_in_error"),
    path("pupils/<ref:pupil>/concerns/", referrals.of_pupil, name="pupil"),
    path("concerns/<ref:concern>/sent/", steps.sent, name="sent"),
    path("programmes/<ref:programme>/measure/", steps.measure, name="measure"),
    path("missed/", missed.listed, name="missed"),
    path("missed/<ref:pupil>/aside/", missed.aside, name="aside"),
    path("our-place/signs/", own_signs.own_signs, name="own_signs"),
    path("our-place/days/", steps.own_days, name="own_days"),
    path("pupils/<ref:pupil>/diagnoses/", diagnoses.of_pupil, name="diagnoses"),
    path("pupils/<ref:pupil>/diagnoses/new/", diagnoses.record, name="diagnosis"),
    path("diagnoses/<ref:diagnosis>/correct/", diagnoses.correct, name="correct_diagnosis"),
    path("diagnoses/<ref:diagnosis>/error/", diagnoses.in_error, name="diagnosis_in_error"),
]
