"""One file that holds the whole register, and the way back from it."""

import hashlib
import io
import json
import os
import stat
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client

from config.backup.archive import MANIFEST, Writer, opened
from config.backup.refusals import Damaged, Refused
from config.backup.restoring import restore
from config.backup.rows import LEFT_OUT, is_left_out, line, tables_of
from config.backup.saving import default_path, remove_old, save
from institutions.checkpoints import take_checkpoint
from institutions.models import Role, User
from institutions.triggers import unprotected
from institutions.verification import verify
from partnerships.models import Agreement, Document, Partner
from tests.factories import make_agreement, make_partner, make_unit, make_user
from tests.faults.places import new_database, place
from tests.files import docx, pdf, upload
from tests.specimens import SPECIMENS


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def full(transactional_db: None, media: Path) -> None:
    """A row of every recorded model, an account, and a document with its file."""
    for make in SPECIMENS.values():
        make()
    make_user(Role.HUMAS, unit=make_unit())
    for document in Document.objects.all():
        document.file.save("naskah", ContentFile(b"isi naskah"), save=False)
        document.record(by=None)


def flush() -> None:
    with unprotected():
        call_command("flush", interactive=False, verbosity=0)


def empty(media: Path) -> None:
    flush()
    for path in media.rglob("*"):
        if path.is_file():
            path.unlink()


def files(folder: Path) -> dict[str, bytes]:
    found = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_everything_comes_back_as_it_was(full: None, media: Path, tmp_path: Path) -> None:
    take_checkpoint(margin=timedelta(0))
    saved, stored = save(tmp_path / "register.tar"), files(media)
    empty(media)
    restored = restore(saved.path)
    assert list(verify()) == []
    assert (restored.digest, restored.files, files(media)) == (saved.digest, 1, stored)
    assert save(tmp_path / "again.tar").digest == saved.digest


@pytest.mark.parametrize("url", sorted({"", settings.DATABASE_URL}))
def test_an_archive_fills_a_database_of_its_own(full: None, tmp_path: Path, url: str) -> None:
    """SQLite, and the engine of this run where that is another one."""
    take_checkpoint(margin=timedelta(0))
    saved = save(tmp_path / "register.tar")
    with new_database(url) as database:
        there = place(tmp_path / "there", database)
        assert saved.digest in there.manage("restore", str(saved.path)).stdout
        again = there.manage("backup", str(tmp_path / "again.tar")).stdout
        assert saved.digest in again
        there.environment["HISTORY_KEY"] = settings.HISTORY_KEYS[0]
        assert "Riwayat utuh." in there.manage("verify_history", check=False).stdout
        # An archive holds no key: another one finds nothing that it sealed.
        there.environment["HISTORY_KEY"] = "kunci lain"
        assert "titik periksa" in there.manage("verify_history", check=False).stdout


def test_files_that_were_uploaded_come_back_with_their_versions(
    transactional_db: None, media: Path, tmp_path: Path
) -> None:
    humas = make_user(Role.HUMAS, unit=make_unit())
    agreement, desk = make_agreement(humas.unit), Client()
    desk.force_login(humas)
    send = {"file": [upload(pdf()), upload(docx(), "surat.docx")], "kind": "NASKAH"}
    assert desk.post(f"{agreement.get_absolute_url()}berkas/", send).status_code == 302
    old = Document.objects.get(file_type="PDF")
    desk.post(f"/berkas/{old.pk}/ganti/", {"file": upload(pdf("baru"))})
    old.archive(by=humas, reason="Salah halaman")
    told = sorted(Document.objects.values_list("pk", "sha256", "replaces", "archive_reason"))
    saved, stored = save(tmp_path / "register.tar"), files(media)
    empty(media)
    restored = restore(saved.path)
    assert (restored.files, restored.missing, files(media)) == (3, [], stored)
    assert (
        sorted(Document.objects.values_list("pk", "sha256", "replaces", "archive_reason")) == told
    )
    for document in Document.objects.all():
        assert hashlib.sha256(document.file.read()).hexdigest() == document.sha256


def test_a_restored_register_gives_no_key_twice(
    transactional_db: None, media: Path, tmp_path: Path
) -> None:
    make_partner()
    gone = make_partner()
    key = gone.pk
    gone.delete()
    saved = save(tmp_path / "register.tar")
    empty(media)
    restore(saved.path)
    assert make_partner().pk > key


def test_a_place_in_use_is_left_alone(full: None, media: Path, tmp_path: Path) -> None:
    saved = save(tmp_path / "register.tar")
    before = Partner.objects.count()
    # Its documents alone would be refused too.
    with pytest.raises(Refused, match="Basis data sudah berisi"):
        restore(saved.path)
    assert Partner.objects.count() == before


def test_documents_in_the_way_are_left_alone(full: None, media: Path, tmp_path: Path) -> None:
    saved, stored = save(tmp_path / "register.tar"), files(media)
    flush()
    with pytest.raises(Refused, match="Folder dokumen sudah berisi"):
        restore(saved.path)
    assert files(media) == stored
    assert not User.objects.exists()


def test_a_restore_that_fails_leaves_nothing(
    full: None, media: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = save(tmp_path / "register.tar")
    empty(media)

    def fail(*args: Any) -> None:
        assert files(media)
        assert Agreement.objects.exists()
        raise Damaged("terakhir")

    monkeypatch.setattr("config.backup.restoring.require_files", fail)
    with pytest.raises(Damaged, match="terakhir"):
        restore(saved.path)
    assert files(media) == {}
    assert not Agreement.objects.exists()


def test_a_missing_document_is_reported_and_keeps_old_backups(
    full: None, media: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "backups" / "register-2020-01-01-0000.tar"
    old.parent.mkdir()
    old.touch()
    name = Document.objects.get().file.name
    (media / name).unlink()
    with pytest.raises(CommandError, match=name) as refused:
        call_command("backup", old.parent, keep=1)
    assert refused.value.returncode == 3
    assert old.exists()
    [new] = set(old.parent.glob("*.tar")) - {old}
    empty(media)
    assert restore(new).missing == [name]


def test_only_the_newest_backups_are_kept(tmp_path: Path) -> None:
    names = [f"register-2026-11-0{day}-0130.tar" for day in range(1, 6)]
    for name in [*names, "register.tar", "catatan.txt"]:
        (tmp_path / name).touch()
    remove_old(tmp_path, 2)
    assert sorted(os.listdir(tmp_path)) == ["catatan.txt", *names[3:], "register.tar"]


@pytest.fixture
def archive(transactional_db: None, media: Path, tmp_path: Path) -> Path:
    make_partner()
    return save(tmp_path / "register.tar").path


def test_nobody_else_reads_an_archive(archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert [path.name for path in archive.parent.iterdir() if path.is_file()] == ["register.tar"]


def test_an_archive_is_not_overwritten(archive: Path) -> None:
    before = archive.read_bytes()
    with pytest.raises(Refused, match="tidak ditimpa"):
        save(archive)
    assert archive.read_bytes() == before


def test_any_changed_byte_is_refused(archive: Path, tmp_path: Path) -> None:
    content = bytearray(archive.read_bytes())
    ends = [*range(600), *range(len(content) - 2100, len(content))]
    accepted = []
    for position in [*ends, *range(600, len(content), 211)]:
        content[position] ^= 1
        if is_accepted(content, tmp_path):
            accepted.append(position)
        content[position] ^= 1
    assert accepted == []
    assert is_accepted(content, tmp_path)


def test_a_shorter_or_longer_file_is_refused(archive: Path, tmp_path: Path) -> None:
    content = archive.read_bytes()
    cuts = [content[:size] for size in (0, 1, 511, 2048, len(content) // 2, len(content) - 1)]
    longer = [content + b"\0", content + bytes(10240), content + content, b"\0" + content]
    assert [len(text) for text in cuts + longer if is_accepted(text, tmp_path)] == []


def is_accepted(content: bytes | bytearray, folder: Path) -> bool:
    path = folder / "changed.tar"
    path.write_bytes(content)
    try:
        with opened(path):
            return True
    except Damaged:
        return False


def forged(archive: Path, **changes: Any) -> Path:
    """The archive written anew with a right seal; `drop`, `add` and `manifest` are changed."""
    path = archive.with_name("forged.tar")
    with tarfile.open(archive) as old, path.open("wb") as file:
        writer = Writer(file, archive.parent)
        for member in old.getmembers()[:-2]:
            if member.name != changes.get("drop"):
                writer.add(member.name, old.extractfile(member), member.size)
        listed = dict(writer.digests)
        if name := changes.get("add"):
            writer.add(name, io.BytesIO(b"lain"), 4)
        manifest = json.load(old.extractfile(MANIFEST))
        if not changes.get("listed"):
            writer.digests = manifest["members"] if "drop" in changes else listed
        writer.finish(manifest | changes.get("manifest", {}))
    return path


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"drop": "rows/partnerships.partner.jsonl.gz"}, "tidak lengkap"),
        ({"add": "media/lain"}, "tidak cocok"),
        ({"add": "rows/auth.lain.jsonl.gz", "listed": True}, "tidak cocok"),
        ({"add": "media/../../lain", "listed": True}, "tidak semestinya"),
        ({"add": "/lain", "listed": True}, "tidak semestinya"),
        ({"add": "media\\lain", "listed": True}, "tidak semestinya"),
        ({"manifest": {"format": 2}}, "bentuk lain"),
        ({"manifest": {"tables": {}}}, "tidak cocok"),
    ],
)
def test_a_well_sealed_forgery_is_refused(
    archive: Path, changes: dict[str, Any], words: str
) -> None:
    path = forged(archive, **changes)
    with pytest.raises(Refused, match=words), opened(path):
        pass


def test_an_archive_from_a_newer_register_is_refused(archive: Path, media: Path) -> None:
    nodes = ["institutions.9999_besok"]
    path = forged(archive, manifest={"migrations": nodes})
    with pytest.raises(Refused, match="institutions.9999_besok"):
        restore(path)


def test_every_table_is_in_the_archive_or_left_out_with_a_reason(archive: Path) -> None:
    managed = apps.get_models(include_auto_created=True)
    expected = {model._meta.label_lower for model in managed if not is_left_out(model)}
    with opened(archive) as whole:
        assert set(whole.manifest["tables"]) == expected
    assert all(LEFT_OUT.values())


def test_no_row_of_an_archive_points_at_one_that_is_left_out() -> None:
    pointing = [
        (table.label, field.name)
        for table in tables_of(apps)
        for field in table.fields
        if field.is_relation and is_left_out(field.related_model)
    ]
    assert pointing == []


def test_a_moment_keeps_its_microseconds() -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    assert line([moment]) == b'["2026-01-02T03:04:05.678901+00:00"]\n'


def test_the_name_of_a_backup_tells_its_minute_in_jakarta() -> None:
    moment = datetime(2026, 1, 1, 18, 30, tzinfo=UTC)
    assert default_path(Path("x"), moment).name == "register-2026-01-02-0130.tar"
