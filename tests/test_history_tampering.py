"""What was done past the register by SQL is found, with its place; what the register did is not."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from institutions.checkpoints import take_checkpoint
from institutions.triggers import protect, unprotect
from institutions.verification import Finding, verify
from tests.specimens import SPECIMENS
from tests.tampering import CHECKPOINTS, HISTORY, TAMPERS, Place, Tamper, make_place, sql

pytestmark = pytest.mark.django_db
NO_WAIT = {"margin": timedelta(0)}


@pytest.fixture
def place() -> Place:
    made = make_place()
    take_checkpoint(**NO_WAIT)
    take_checkpoint(**NO_WAIT)
    return made


def run(*words: str) -> str:
    out = StringIO()
    call_command("verify_history", *words, stdout=out)
    return out.getvalue()


def test_untouched_history_is_clean(place: Place) -> None:
    assert list(verify()) == []
    assert "Riwayat utuh." in run()


def test_every_tamper_is_found_where_it_is(place: Place) -> None:
    missed = {}
    for name, tamper in TAMPERS.items():
        with transaction.atomic():
            unprotect()
            named = tamper.act(place)
            protect()
            found = list(verify())
            transaction.set_rollback(True)
        if not any(is_told(finding, tamper, named) for finding in found):
            missed[name] = [str(finding) for finding in found]
    assert missed == {}
    assert len(TAMPERS) >= 36
    assert list(verify()) == []


def is_told(finding: Finding, tamper: Tamper, named: int) -> bool:
    is_there = finding.table == tamper.table and tamper.says in finding.what
    return is_there and (not tamper.names or getattr(finding, tamper.names) == named)


def test_one_changed_row_accuses_no_other(place: Place) -> None:
    unprotect()
    TAMPERS["changed value"].act(place)
    protect()
    of_rows = [finding for finding in verify() if finding.row]
    assert len(of_rows) == 1


def test_missing_triggers_are_told() -> None:
    unprotect([HISTORY])
    assert [finding.table for finding in verify()] == [HISTORY]


def test_a_noted_receipt_tells_that_the_end_of_everything_was_cut(place: Place) -> None:
    receipt = run().splitlines()[0].removeprefix("Tanda terima: ")
    run("--receipt", receipt)
    unprotect()
    sql(f"DELETE FROM {CHECKPOINTS} WHERE id >= %s", int(receipt.split("-")[0]))
    protect()
    assert list(verify()) == []
    with pytest.raises(CommandError):
        run("--receipt", receipt)


def test_every_recorded_model_verifies(humas) -> None:
    for make in SPECIMENS.values():
        row = make()
        row.record(by=humas, reason="Salah tulis")
    take_checkpoint(**NO_WAIT)
    assert list(verify()) == []


def test_a_checkpoint_counts_only_what_came_since(place: Place) -> None:
    place.satu.change(by=place.humas, acronym="BARU")
    taken = take_checkpoint(**NO_WAIT)
    assert taken.tables[HISTORY]["rows"] == 1
    assert list(verify()) == []


def test_rows_of_the_last_minutes_wait_for_the_next_checkpoint(place: Place) -> None:
    before = place.satu.history.count()
    place.satu.change(by=place.humas, acronym="BARU")
    assert take_checkpoint().tables[HISTORY]["rows"] == 0
    assert place.satu.history.count() == before + 1


def test_history_sealed_with_an_older_key_is_recognised(place: Place, settings) -> None:
    settings.HISTORY_KEYS = ["a new key of this test", *settings.HISTORY_KEYS]
    place.satu.change(by=place.humas, acronym="BARU")
    assert list(verify()) == []
    settings.HISTORY_KEYS = settings.HISTORY_KEYS[:1]
    assert len([finding for finding in verify() if finding.table == HISTORY]) == 11


def test_the_command_exits_with_one() -> None:
    unprotect([HISTORY])
    with pytest.raises(CommandError, match="tidak utuh: 1 temuan") as refused:
        run()
    assert refused.value.returncode == 1
