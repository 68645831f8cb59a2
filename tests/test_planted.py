"""The list of planted faults still fits the register and its tests."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.faults.planted_fault import Fault
from tests.faults.planted_faults import FAULTS
from tests.faults.register import BASE_DIR


@cache
def text_of(path: str) -> str:
    return (BASE_DIR / path).read_text(encoding="utf-8")


@cache
def functions_in(path: str) -> set[str]:
    nodes = ast.walk(ast.parse(text_of(path)))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef)}


def test_every_change_fits_once_and_leaves_a_file_that_can_be_read():
    for fault in FAULTS:
        changed = fault.planted_in(text_of(fault.path))
        assert changed != text_of(fault.path), fault.name
        if Path(fault.path).suffix == ".py":
            ast.parse(changed)


def test_every_named_test_is_there():
    for fault in FAULTS:
        assert fault.tests, fault.name
        for test in fault.tests:
            path, _, name = test.partition("[")[0].partition("::")
            assert name in functions_in(path), test


def test_every_fault_has_a_name_of_its_own():
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 18


@pytest.mark.parametrize("text", ["", "lama lama"])
def test_a_change_that_does_not_fit_once_is_refused(text):
    fault = Fault("contoh", "contoh.py", "lama", "baru", ())
    assert fault.planted_in("yang lama") == "yang baru"
    with pytest.raises(ValueError, match=r"contoh\.py holds the old text"):
        fault.planted_in(text)


def test_the_trust_document_lists_every_fault_and_its_check():
    document = text_of("docs/trust.md")
    for fault in FAULTS:
        for test in fault.tests:
            told = test.removeprefix("tests/").replace(".py::", "::")
            assert f"| {fault.name} | `{told}` |" in document
