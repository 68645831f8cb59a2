"""The rules of the house, checked on the files themselves."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent

MAY_IMPORT = {
    "indonesian": {"indonesian"},
    "institutions": {"indonesian", "institutions"},
    "partnerships": {"indonesian", "institutions", "partnerships"},
    "config": {"config", "institutions", "partnerships"},
}
FIRST_PARTY = {*MAY_IMPORT, "tests"}
DRAWERS = {"utils", "util", "core", "common", "helpers", "helper", "services", "misc", "signals"}

# Writing past save() also passes by full_clean(), the version and the history.
# "file: reason" of each place that may.
WRITES_PAST_SAVE = {
    "institutions/models/base.py": "removes one row by delete(), signed before",
    "institutions/loading.py": "writes two thousand new rows of reference data with their history",
    "institutions/models/searchable.py": "refreshes the derived search text, which has no history",
    "partnerships/management/commands/rebuild_search.py": "refreshes sort keys, likewise",
    "institutions/models/trail.py": "seals history that is written at once",
    "institutions/models/users.py": "tells an account and its role as one change",
    "institutions/models/sign_in_tries.py": "tries to sign in are no records",
    "institutions/models/submit_tokens.py": "neither are answers kept for three days",
    "institutions/submit_once.py": "forgets such an answer",
    "institutions/progress.py": "forgets how far work had come, which is in no table",
    "partnerships/models/notices.py": "notices are no records: they are made by rule",
    "institutions/many_rows.py": "writes thousands of new rows of an old list with their history",
    "partnerships/models/imports.py": "forgets uploaded lists, which are no records",
    "partnerships/imports/keeping.py": "keeps their lines, likewise",
    "partnerships/views/imports.py": "forgets one that its user no longer wants",
    "partnerships/reminders.py": "makes them by the thousand",
    "partnerships/reminder_mail.py": "notes which of them were mailed",
    "partnerships/documents/storing.py": "takes back files that no row names",
    "config/backup/engines.py": "copies and empties whole databases",
    "config/backup/restoring.py": "puts rows back as they were, history included",
    "institutions/sealing.py": "seals in a migration what was written before there were seals",
    "institutions/triggers.py": "keeps the forms of seals",
}

HTML_IN_PYTHON = {"mark_safe", "format_html", "format_html_join", "SafeString"}
MACHINE_PATHS = re.compile(
    r"(?<![\w.~:/-])/(?:home|mnt|root|tmp|Users|work)/|[A-Z]:\\Users|\.\./shared|--(?:extra-)?index-url"
)


def python_files(*folders: str, migrations: bool = False) -> list[Path]:
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if migrations or "migrations" not in path.parts)


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(node: ast.AST) -> Iterator[str]:
    """The packages a statement imports."""
    if isinstance(node, ast.Import):
        yield from (alias.name.partition(".")[0] for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        yield "." if node.level else (node.module or "").partition(".")[0]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked_files() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, text=True
    )
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_point_downwards(package):
    forbidden = FIRST_PARTY - MAY_IMPORT[package]
    if package == "indonesian":
        forbidden |= {"django"}
    wrong = [
        (name_of(path), name)
        for path in python_files(package, migrations=True)
        for node in ast.walk(tree_of(path))
        for name in imported(node)
        if name in forbidden or name == "."
    ]
    assert wrong == []


def test_institutions_name_no_model_of_partnerships():
    relation = re.compile(r"partnerships\.[A-Z]\w+")
    wrong = [
        (name_of(path), node.value)
        for path in python_files("institutions", migrations=True)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and relation.fullmatch(node.value)
    ]
    assert wrong == []


def test_no_import_hides_inside_a_function():
    wrong = [
        (name_of(path), inner.lineno)
        for path in python_files(*FIRST_PARTY)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert wrong == []


def test_files_stay_short():
    limits = [(path, 400) for path in python_files(*FIRST_PARTY)]
    limits += [(path, 120) for path in (ROOT / "templates").rglob("*.html")]
    sizes = [(path, len(path.read_text(encoding="utf-8").splitlines()), n) for path, n in limits]
    assert [(name_of(path), size) for path, size, limit in sizes if size > limit] == []


def test_no_module_is_a_drawer():
    paths = [path.relative_to(ROOT) for path in python_files(*FIRST_PARTY)]
    assert [p.as_posix() for p in paths if {p.stem, *p.parts} & DRAWERS] == []


def test_rows_are_saved_one_by_one():
    found = {
        name_of(path)
        for path in python_files("institutions", "partnerships", "config")
        if any(writes_past_save(node) for node in ast.walk(tree_of(path)))
    }
    assert found == set(WRITES_PAST_SAVE)


PAST_SAVE = {
    "aupdate",
    "bulk_create",
    "bulk_create_with_history",
    "bulk_update",
    "bulk_update_with_history",
    "delete",
    "_raw_delete",
    "save_without_historical_record",
}
SILENT = "skip_history_when_saving"
WRITING_SQL = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|TRUNCATE)\s")


def writes_past_save(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute) and node.attr == SILENT:
        return True
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return bool(WRITING_SQL.match(node.value))
    if not isinstance(node, ast.Call):
        return False
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    # QuerySet.update() takes keywords only; dict.update() and a hash take what they are given.
    return name in PAST_SAVE or (name == "update" and not node.args)


ESCAPED_THERE = {
    # Compared with Django's own templates, widget by widget, in `test_form_renderer.py`.
    "institutions/forms/renderer.py",
    # What a template drew, which escapes.
    "institutions/templatetags/jinja.py",
}


def test_no_html_in_python():
    wrong = [
        (name_of(path), node.lineno)
        for path in python_files("institutions", "partnerships", "config")
        if name_of(path) not in ESCAPED_THERE
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom)
        and {alias.name for alias in node.names} & HTML_IN_PYTHON
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"<[^>]*\sstyle\s*=",
        r"<style\b",
        r"<[^>]*\son[a-z]+\s*=",
        r"""<script(?![^>]*\bsrc\s*=)""",
        r"""(?:src|href|action)\s*=\s*["']?\s*javascript:""",
        r"""<(?:script|link|img|iframe)[^>]*(?:src|href)\s*=\s*["']?(?:https?:)?//""",
        # Help texts are ours, and those of passwords are lists from Django.
        r"(?<!help_text)\|\s*safe\b|autoescape off",
    ],
)
def test_templates_obey_the_content_policy(pattern):
    wrong = [
        (name_of(path), match.group())
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for match in re.finditer(pattern, path.read_text(encoding="utf-8"), re.IGNORECASE)
    ]
    assert wrong == []


def test_tracked_files_name_no_machine():
    wrong = [
        (name_of(path), match.group())
        for path in tracked_files()
        if path != Path(__file__).resolve()
        for match in MACHINE_PATHS.finditer(path.read_bytes().decode("utf-8", "ignore"))
    ]
    assert wrong == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
