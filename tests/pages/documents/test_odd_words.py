"""Words that nobody types."""

import pytest
from django.urls import reverse

from opensenco.documents.models import PaperText
from opensenco.documents.searching import key_of
from tests.client import signed_in
from tests.people import acting_as


@pytest.mark.django_db
def test_a_search_for_what_no_keyboard_writes_finds_nothing():
    client = signed_in("senco")
    for words in ("\x00abc", "a\x00", "\x01", "é\x00b", "' | !", "\\"):
        page = client.post(reverse("documents:search"), {"q": words}, follow=True)
        assert page.status_code == 200, words


@pytest.mark.django_db
def test_a_paper_of_very_many_very_long_words_is_kept_all_the_same():
    words = " ".join(f"{number:x}".rjust(40, "ж") for number in range(30_000))
    with acting_as("senco"):
        row = PaperText.objects.earliest("id")
        row.key = key_of(words)
        row.save(update_fields=["key"])
        last = row.key.split()[-1]
        assert PaperText.objects.filter(key__says=last, pk=row.pk).exists()
        assert not PaperText.objects.filter(key__says="жжжж0x", pk=row.pk).exists()


@pytest.mark.django_db
def test_days_at_the_edge_of_the_calendar_are_no_fault():
    client = signed_in("senco")
    for address in ("time:week?week=0001-01-01", "time:week?week=9999-12-31",
                    "time:totals?first=1/1/0001&last=2/1/0001",
                    "time:totals?last=1/1/0001", "meetings:mine?week=0001-01-01"):  # fmt: skip
        name, _, query = address.partition("?")
        page = client.get(f"{reverse(name)}?{query}")
        assert page.status_code == 200, address
