"""The daily look for files that no row names."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.factories import make_file

pytestmark = pytest.mark.django_db
DAY = 24 * 60 * 60


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def left_behind(media: Path, name: str, *, days: float) -> Path:
    path = media / "documents" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"sisa")
    os.utime(path, (time.time() - days * DAY,) * 2)
    return path


def test_only_old_files_without_a_row_go(media, humas, capsys):
    kept, removed = make_file(), make_file()
    removed.archive(by=humas, reason="Salah halaman")
    for document in (kept, removed):
        os.utime(document.file.path, (time.time() - 9 * DAY,) * 2)
    old, new = left_behind(media, "a", days=2), left_behind(media, "b", days=0.5)
    call_command("sweep_documents")
    assert (old.exists(), new.exists()) == (False, True)
    assert Path(kept.file.path).exists()
    assert Path(removed.file.path).exists()
    assert capsys.readouterr().out == "1 berkas tanpa catatan dihapus.\n"


def test_what_was_erased_goes_even_if_the_erasing_worker_did_not_come_to_it(media, humas):
    document = make_file()
    path = Path(document.file.path)
    os.utime(path, (time.time() - 9 * DAY,) * 2)
    call_command("sweep_documents")
    assert path.exists()
    document.erase(by=humas, reason="Wajah klien dapat dikenali")
    call_command("sweep_documents")
    assert not path.exists()


def test_a_register_without_files_has_nothing_to_sweep(media, capsys):
    call_command("sweep_documents")
    assert capsys.readouterr().out == "0 berkas tanpa catatan dihapus.\n"
