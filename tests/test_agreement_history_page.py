"""Who changed what on an agreement: for the own subtree alone."""

from typing import Any

import pytest
from django.test import Client

from institutions.models import Unit, User
from partnerships.models import Agreement, Party
from tests.agreement_payload import stored_payload
from tests.factories import make_agreement, make_unit

pytestmark = pytest.mark.django_db


def history(client: Client, user: User, agreement: Agreement) -> Any:
    client.force_login(user)
    return client.get(f"/perjanjian/{agreement.pk}/riwayat/")


def test_it_tells_who_when_before_and_after(
    client: Client, humas: User, rekan: User, bapas_jember: Unit
) -> None:
    paper = make_agreement(bapas_jember, title="Judul lama", by=humas)
    client.force_login(rekan)
    fields = {"title": "Judul baru", "parties-0-number": "W15-7"}
    client.post(f"/perjanjian/{paper.pk}/ubah/", stored_payload(paper, **fields))
    page = history(client, rekan, paper).content.decode()
    for words in ("Humas", "Rekan", "Judul lama", "Judul baru", "W15-7", "Diubah"):
        assert words in page


def test_only_the_own_subtree_reads_it(
    client: Client, humas: User, pembaca: User, humas_lain: User, bapas_jember: Unit
) -> None:
    paper = make_agreement(bapas_jember)
    assert history(client, humas, paper).status_code == 200
    assert history(client, pembaca, paper).status_code == 200
    assert history(client, humas_lain, paper).status_code == 404
    # A party reads the paper, but not who worked on it.
    Party(agreement=paper, unit=humas_lain.unit, order=3).record(by=None)
    assert client.get(paper.get_absolute_url()).status_code == 200
    assert history(client, humas_lain, paper).status_code == 404


def test_it_stays_readable_in_the_sampah(client: Client, humas: User, bapas_jember: Unit) -> None:
    paper = make_agreement(make_unit(parent=bapas_jember.parent))
    kept = make_agreement(bapas_jember)
    kept.archive(by=humas, reason="Tercatat dua kali")
    assert "Tercatat dua kali" in history(client, humas, kept).content.decode()
    assert history(client, humas, paper).status_code == 404
