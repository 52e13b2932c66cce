"""What each kind of colleague gets on the pages of a meeting, said once for all of them.

The meeting is one about Poppy, whom the other teacher teaches, in the lower part of the school.
"""

#: who sees that there is a meeting
SEE = {"senco": 200, "head": 200, "phase_senco": 403, "teacher": 403, "other_teacher": 200,
       "ta": 403, "admin": 200, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
#: who plans it, and who asks for the people and papers of it
PLAN = SEE
#: who reads and writes its record
READ = {**SEE, "admin": 403}
#: pages about oneself alone
OWN = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
       "ta": 200, "admin": 200, "dsl": 200, "governor": 403, "parent": 403}  # fmt: skip
#: about Idris, whom the teacher teaches, in the upper part
PUPIL = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 403,
         "ta": 403, "admin": 200, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
#: meetings about the place: who plans for all of it
HERE = {"senco": 200, "head": 200, "phase_senco": 403, "teacher": 403, "other_teacher": 403,
        "ta": 403, "admin": 200, "dsl": 403, "governor": 403, "parent": 403,
        "shared_senco": 200}  # fmt: skip
#: the list of pupils whose parents are to be met
LIST = {"senco": 200, "head": 200, "phase_senco": 200, "teacher": 200, "other_teacher": 200,
        "ta": 403, "admin": 200, "dsl": 403, "governor": 403, "parent": 403}  # fmt: skip
