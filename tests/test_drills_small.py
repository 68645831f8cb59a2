"""The drills of two editors and double submits, small: real servers, the engine of this run."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.faults import double_submits, editors
from tests.faults.register import Register, running_register
from tests.faults.rounds import database_beside, print_figures

ROUNDS = 8
FORMS = 16


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    folder: Path = tmp_path_factory.mktemp("drills")
    with (
        database_beside(settings.DATABASE_URL) as url,
        running_register(folder, database_url=url, accounts=editors.EDITORS) as running,
    ):
        yield running


def test_of_eight_editors_one_is_saved_and_seven_are_told(register, capsys):
    assert print_figures(*editors.run(register, ROUNDS)) == 0, capsys.readouterr().out


def test_every_form_is_saved_once_however_often_it_is_sent(register, capsys):
    assert print_figures(*double_submits.run(register, FORMS)) == 0, capsys.readouterr().out


def test_a_missed_mark_is_an_exit_code(capsys):
    assert print_figures({"saved": 7, "seconds": 1.5}, {"saved": 8}) == 1
    assert capsys.readouterr().out == "saved: 7 (8, MISSED)\nseconds: 1.5\n"
