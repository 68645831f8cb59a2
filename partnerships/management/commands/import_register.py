"""Import an old list of agreements on the server, by the same rules as the page."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from indonesian.numbers import format_number
from institutions.commands import RegisterCommand
from institutions.models import Unit, User
from partnerships.imports.checking import Result, check
from partnerships.imports.keeping import default_unit
from partnerships.imports.reading import OldList, read_list
from partnerships.imports.recording import Recorder
from partnerships.imports.refusals import NotAList
from partnerships.models import LineState


class Command(RegisterCommand):
    help = (
        "Memeriksa daftar perjanjian lama (XLSX atau CSV) baris demi baris; dengan --commit semua"
        " baris yang siap disimpan dalam satu transaksi. Keluar dengan 1 bila ada baris yang belum"
        " jelas atau salah; baris itu tidak disimpan."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="XLSX atau CSV")
        parser.add_argument("--user", required=True, help="nama pengguna yang mencatat")
        parser.add_argument(
            "--unit", help="kode unit untuk baris tanpa unit; bawaan: unit pengguna"
        )
        parser.add_argument("--commit", action="store_true", help="simpan baris yang siap")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        user = user_called(options["user"])
        unit = unit_coded(options["unit"], user)
        try:
            with path.open("rb") as file:
                found = read_list(file, path.stat().st_size)
        except OSError as error:
            raise CommandError(f"{path} tidak dapat dibaca: {error.strerror}.") from error
        except NotAList as refused:
            raise CommandError(str(refused)) from refused
        if options["commit"]:
            with transaction.atomic():
                result = checked(found, user, unit, hold=True)
                saved = Recorder(user, f"Impor dari {path.name}").record(result.ready)
        else:
            result, saved = checked(found, user, unit), 0
        self.report(found, result)
        self.stdout.write(
            f"{format_number(saved)} perjanjian tersimpan."
            if options["commit"]
            else "Belum ada yang disimpan; tambahkan --commit."
        )
        left = result.counts[LineState.UNCLEAR] + result.counts[LineState.WRONG]
        if left:
            raise CommandError(f"{format_number(left)} baris belum dapat diimpor; lihat di atas.")

    def report(self, found: OldList, result: Result) -> None:
        if found.unread:
            self.stdout.write(f"Kolom yang tidak dibaca: {', '.join(found.unread)}.")
        for each in result.judged:
            if each.state in {LineState.UNCLEAR, LineState.WRONG}:
                reasons = " ".join(each.reasons)
                where = each.paper.line.where.capitalize()
                self.stdout.write(f"{where}: {each.state.label.lower()}. {reasons}")
        counts = (f"{format_number(result.counts[s])} {s.label.lower()}" for s in LineState)
        self.stdout.write(f"{', '.join(counts)}.")


def checked(found: OldList, user: User, unit: Unit | None, *, hold: bool = False) -> Result:
    keeper = default_unit(found.lines, user, unit)
    return check(
        found.lines,
        user,
        default_unit=keeper.pk if keeper else None,
        answers={},
        today=timezone.localdate(),
        hold=hold,
    )


def user_called(name: str) -> User:
    user: User | None = User.objects.filter(username=name).first()
    if user is None or not user.is_active:
        raise CommandError(f"Tidak ada akun aktif bernama {name}.")
    if not user.has_perm("partnerships.add_agreement"):
        raise CommandError(f"{name} tidak berhak mencatat perjanjian.")
    return user


def unit_coded(code: str | None, user: User) -> Unit | None:
    if code is None:
        return None
    unit: Unit | None = user.units_in_scope().active().filter(code=code).first()
    if unit is None:
        raise CommandError(f"{code} bukan unit {user.username} atau unit di bawahnya.")
    return unit
