from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse


def test_healthz_asks_nobody(client):
    response = client.get(reverse("healthz"))
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_readyz_answers_without_sign_in(client):
    response = client.get(reverse("readyz"))
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_takes_no_form(client):
    assert client.post(reverse("readyz")).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("setting", "name"), [("DATA_DIR", "folder data"), ("MEDIA_ROOT", "folder dokumen")]
)
def test_readyz_names_the_folder_it_cannot_write(client, settings, tmp_path, setting, name):
    setattr(settings, setting, tmp_path / "absent")
    response = client.get(reverse("readyz"))
    assert (response.status_code, response.content.decode()) == (503, f"{name}: gagal\n")


@pytest.mark.django_db
def test_readyz_waits_for_migrations(client):
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    response = client.get(reverse("readyz"))
    assert (response.status_code, response.content) == (503, b"migrasi: gagal\n")


def test_readyz_without_database_keeps_its_secrets(client, monkeypatch):
    @contextmanager
    def refuse():
        raise OperationalError("connection to host basisdata failed, password sandi")
        yield

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get(reverse("readyz"))
    assert response.status_code == 503
    assert response.content.decode() == "basis data: gagal\nmigrasi: gagal\n"
