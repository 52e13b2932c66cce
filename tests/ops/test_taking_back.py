"""What a killed worker held is free at once on its machine, and its jobs begin again."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from opensenco.ops import living, taking_back
from opensenco.ops.clearing import clear_each_day


def test_a_worker_is_known_to_live_until_it_has_ended(tmp_path: Path) -> None:
    assert living.token() == ""
    with living.ended() as none:
        assert none == []
    with living.Living(tmp_path) as one:
        with living.Living(tmp_path) as two, two.dead() as ended:
            assert (ended, living.token()) == ([], two.token)
        assert one.token != two.token
        # what a living one is just seeing to is nobody else's
        with one.dead() as ended, living.Living(tmp_path) as three, three.dead() as twice:
            assert (ended, twice) == ([two.token], [])
    with living.Living(tmp_path) as last:
        with pytest.raises(ZeroDivisionError), last.dead() as ended:
            _never = 1 / 0
        assert sorted(ended) == sorted([one.token, three.token])
        with last.dead() as again:
            assert sorted(again) == sorted(ended), "what could not be seen to is given again"
        with last.dead() as nothing:
            assert nothing == []
    with living.Living(tmp_path / "another") as elsewhere, elsewhere.dead() as ended:
        assert ended == []


@pytest.mark.django_db
@pytest.mark.worker
def test_a_job_at_which_a_worker_was_killed_begins_again_and_not_for_ever(tmp_path: Path) -> None:
    with living.Living(tmp_path) as killed:
        pass
    later = timezone.now() + timedelta(days=1)
    rows = {
        tries: DBTaskResult.objects.get(pk=clear_each_day.using(run_after=later).enqueue().id)
        for tries in (1, 3)
    }
    for tries, row in rows.items():
        row.status, row.worker_ids = "RUNNING", ["another"] * (tries - 1) + [killed.token]
        row.save()
    other = DBTaskResult.objects.get(pk=clear_each_day.using(run_after=later).enqueue().id)
    other.status, other.worker_ids = "RUNNING", [killed.token, "somewhere else"]
    other.save()
    with living.Living(tmp_path):
        assert taking_back.take_back() == 1
    states = DBTaskResult.objects.in_bulk([row.pk for row in (*rows.values(), other)])
    assert states[rows[1].pk].status == "READY"
    assert (states[rows[3].pk].status, states[other.pk].status) == ("FAILED", "RUNNING")
