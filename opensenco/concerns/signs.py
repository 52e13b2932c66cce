"""Signs in the record of pupils without a SEN status: the numbers by which one is told of.

They stand here once, with the days they look back, so that the page can say them.
"""

#: attendance at or below this, in per cent, over a span that ended in the last so many days
ATTENDANCE, ATTENDANCE_DAYS = 90, 120
#: attendance that is so many points lower than the span before it
FELL_BY = 8
#: so many entries of the behaviour log, praise not counted, in so many days
INCIDENTS, INCIDENT_DAYS = 4, 90
#: so many concerns in so many days
CONCERNS, CONCERN_DAYS = 2, 365
#: a standardised score at or below this, in the last so many days
SCORE, RESULT_DAYS = 84, 365
#: a standardised score that is so many points lower than the one before in the same test
SCORE_FELL_BY = 10
