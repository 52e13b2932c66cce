import time
from datetime import date

import pytest

from opensenco.people.models import *
from opensenco.people.operations import groups, rolls
from opensenco.people.turning.plan import plan_of
from opensenco.provision.operations import leaving
from tests.domain.people.test_turning import place, prepare
from tests.people import acting_as


@pytest.mark.django_db
def test_speed():
    with acting_as("senco") as actor:
        org = place(actor)
        rows = [
            {
                "first_name": f"A{n}",
                "last_name": f"Fen{n}",
                "birth_date": date(2027 - 12 - n % 7 - 1, 3, 1),
                "year_group": 7 + n % 7,
                "joined_on": date(2020, 9, 1),
            }
            for n in range(1500)
        ]
        made = rolls.add_pupils(actor=actor, org=org, rows=rows)
        cl = {}
        for n in range(56):
            cl[n] = groups.add_group(actor=actor, org=org, name=f"{7 + n % 7}{'ABCDEFGH'[n // 7]}")
        rolls.put_pupils_in_classes(
            actor=actor,
            pupils=made,
            classes=[cl[(i % 7) + 7 * ((i // 7) % 8)] for i in range(1500)],
            starts=actor.today,
        )
        row = prepare(actor, highest=13)
        t = time.time()
        plan = plan_of(row, actor.today)
        print("plan", time.time() - t, plan.counts())
        t = time.time()
        import cProfile, pstats
        from collections import Counter
        from django.db import connection
        spent=Counter()
        def wrap(execute, sql, params, many, context):
            b=time.time()
            try:
                return execute(sql, params, many, context)
            finally:
                spent[sql[:70]]+=time.time()-b
        cm=connection.execute_wrapper(wrap); cm.__enter__()
        c=time.process_time(); t=time.time()
        leaving.turn_year(actor=actor, turn=row, version=None, seen=plan.seen)
        print("applycpu", time.process_time()-c)
        print("applywall", time.time()-t); print([("stmt",round(v,2),k) for k,v in spent.most_common(10)])
        print("apply", time.time() - t)
        print(TurnDeed.objects.filter(turn=row).count())
        t = time.time()
        leaving.undo_turn(actor=actor, turn=row, version=None)
        print("undo", time.time() - t)
