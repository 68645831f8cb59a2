"""Forgetting a person leaves nothing behind: not in history, not in the admin's log."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import connection

from partnerships.models import Contact
from tests.specimens import make_contact

pytestmark = pytest.mark.django_db

PERSONAL = ("Contoh Tiga", "0812-0000-0000", "contoh.tiga@contoh.id")


def everything_stored() -> str:
    """Every value of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            found.append(str(cursor.fetchall()))
    return " ".join(found)


def test_nothing_of_the_person_remains_anywhere(humas):
    contact = make_contact(by=humas)
    contact.phone = "0813-1111-1111"
    contact.record(by=humas, reason="Nomor baru")
    contact.phone = PERSONAL[1]
    contact.record(by=humas)
    LogEntry.objects.log_actions(humas.pk, [contact], 2, change_message=f"Ubah {contact}")
    assert all(fact in everything_stored() for fact in PERSONAL)
    contact.erase(by=humas, reason="Atas permintaan")
    remaining = everything_stored()
    assert not [fact for fact in (*PERSONAL, "0813-1111-1111") if fact in remaining]


def test_the_office_stays_on_record(humas):
    contact = make_contact()
    contact.erase(by=humas, reason="Pindah tugas")
    contact.refresh_from_db()
    assert (contact.name, contact.phone, contact.email) == ("", "", "")
    assert (contact.position, str(contact)) == ("Sekretaris", "Sekretaris")


def test_a_person_without_an_office_leaves_a_gap_that_says_so(humas):
    contact = make_contact(position="")
    contact.erase(by=humas, reason="Atas permintaan")
    assert contact.position == "Kontak yang dihapus"


def test_who_erased_and_why_is_known(humas):
    contact = make_contact()
    contact.erase(by=humas, reason="Atas permintaan")
    last = contact.history.first()
    assert (last.history_user, last.history_change_reason) == (humas, "Atas permintaan")


def test_history_has_no_room_for_a_person():
    columns = {column.name for column in Contact.history.model._meta.concrete_fields}
    assert not columns & {"name", "phone", "email"}


def test_a_contact_is_somebody_or_some_office():
    with pytest.raises(ValidationError) as refused:
        make_contact(name="", position="")
    assert refused.value.message_dict == {
        "position": ["Isi jabatan atau nama orang yang dihubungi."]
    }


def test_the_words_for_a_contact_name_no_person():
    contact = make_contact(position="")
    assert str(contact) == "Kontak tanpa jabatan"
