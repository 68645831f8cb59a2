"""Faults in how files are judged, kept and read; see `planted_faults.py`."""

from tests.faults.planted_fault import Fault

DOCUMENTS = (
    Fault(
        "documents: a removed file is read by whoever reads its record",
        "partnerships/models/documents.py",
        "(readable & Q(archived_on__isnull=True))",
        "readable",
        ("tests/test_documents.py::test_nobody_else_reads_a_removed_file",),
    ),
    Fault(
        "documents: something may stand behind a PDF",
        "partnerships/documents/pdf.py",
        "if not HEADER.match(file.read(8)) or not ends:",
        "if not HEADER.match(file.read(8)):",
        ("tests/test_hostile_files.py::test_it_is_refused_in_words",),
    ),
    Fault(
        "documents: a DOCX unpacks without end",
        "partnerships/documents/docx.py",
        "if sum(part.file_size for part in parts) > MOST_UNPACKED or overlap(parts):",
        "if overlap(parts):",
        ("tests/test_hostile_files.py::test_it_is_refused_in_words",),
    ),
    Fault(
        "documents: a photo keeps what it tells",
        "partnerships/documents/pictures.py",
        "        photo.info = {}\n",
        "",
        ("tests/test_document_upload.py::test_a_photo_forgets_where_and_with_what_it_was_taken",),
    ),
    Fault(
        "documents: a photo needs no tick",
        "partnerships/forms/documents.py",
        'if not cleaned.get("faces_cleared") and any(',
        'if not cleaned.get("kind", "") and any(',
        ("tests/test_document_upload.py::test_without_the_tick_no_picture_of_people_is_kept",),
    ),
    Fault(
        "documents: a file stays when its row is rolled back",
        "partnerships/documents/storing.py",
        "        written.kept.clear()\n        written.take_back()\n        raise\n",
        "        raise\n",
        ("tests/test_document_upload.py::test_a_transaction_that_is_rolled_back_leaves_no_file",),
    ),
    Fault(
        "documents: the same file is kept twice",
        "partnerships/forms/documents.py",
        "if same := known.get(checked.sha256):",
        'if same := known.get(""):',
        ("tests/test_document_upload.py::test_the_same_file_is_noticed",),
    ),
    Fault(
        "documents: the bytes of an erased file stay",
        "partnerships/models/documents.py",
        "transaction.on_commit(take_away, robust=True)",
        "del take_away",
        ("tests/test_document_erase.py::test_its_bytes_go_and_what_is_known_stays",),
    ),
    Fault(
        "documents: what a crash left of an erased file stays",
        "partnerships/management/commands/sweep_documents.py",
        'exclude(id__in=erased.values("pk"))',
        "all()",
        (
            "tests/test_sweep_documents.py"
            "::test_what_was_erased_goes_even_if_the_erasing_worker_did_not_come_to_it",
        ),
    ),
    Fault(
        "documents: whoever may remove a file may erase it",
        "partnerships/views/documents.py",
        '@permission_required("partnerships.erase_document"',
        '@permission_required("partnerships.delete_document"',
        ("tests/test_document_erase.py::test_only_an_admin_above_the_record_may",),
    ),
)
