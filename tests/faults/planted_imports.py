"""Faults in how old lists are read, matched, known again and kept; see `planted_faults.py`."""

from tests.faults.planted_fault import Fault

IMPORTS = (
    Fault(
        "imports: rows of another unit are recorded",
        "partnerships/imports/checking.py",
        "if unit.pk not in self.matcher.units.own:",
        "if unit.pk not in self.matcher.units.by_key:",
        ("tests/test_import_checking.py::test_rows_of_another_unit_are_refused",),
    ),
    Fault(
        "imports: a list of somebody else can be opened",
        "partnerships/models/imports.py",
        "return self.filter(user=user, uploaded_at__gte=timezone.now() - KEPT)",
        "return self.filter(uploaded_at__gte=timezone.now() - KEPT)",
        ("tests/test_import_pages.py::test_nobody_else_sees_an_upload",),
    ),
    Fault(
        "imports: a name alone makes a partner, wherever it is",
        "partnerships/imports/directory.py",
        "return row.regency is not None and row.regency == (regency or unit.regency)",
        "return True",
        ("tests/test_import_partners.py::test_the_same_name_elsewhere_is_never_taken",),
    ),
    Fault(
        "imports: a number of another unit's paper tells that it is there",
        "partnerships/imports/recognition.py",
        "for key in marks.of_numbers() if with_numbers else ():",
        "for key in marks.of_numbers():",
        (
            "tests/test_import_checking.py"
            "::test_a_paper_of_another_unit_is_known_by_its_card_and_never_by_its_number",
        ),
    ),
    Fault(
        "imports: a row that comes twice is recorded twice",
        "partnerships/imports/checking.py",
        "        self.recognition.add(marks, known)\n",
        "",
        ("tests/test_import_checking.py::test_a_row_that_comes_twice_is_new_once",),
    ),
    Fault(
        "imports: some lots stay when a later one fails",
        "partnerships/imports/keeping.py",
        "@transaction.atomic\ndef record_ready(",
        "def record_ready(",
        (
            "tests/test_import_killed.py"
            "::test_a_saving_that_is_killed_leaves_nothing_and_is_done_again",
        ),
    ),
    Fault(
        "imports: XML may name what lies elsewhere",
        "partnerships/imports/packages.py",
        "if DOCUMENT_TYPE.search(piece):",
        "if DOCUMENT_TYPE.search(first[:0]):",
        ("tests/test_import_hostile.py::test_a_hostile_list_is_refused_in_words",),
    ),
    Fault(
        "imports: a workbook unpacks without end",
        "partnerships/imports/packages.py",
        "if marks > MOST_MARKS:",
        "if marks > 1000 * MOST_MARKS:",
        ("tests/test_import_hostile.py::test_a_hostile_list_is_refused_in_words",),
    ),
)
