import pytest
from django.contrib.staticfiles import finders

from partnerships.management.commands import prepare


@pytest.fixture
def static(settings, tmp_path):
    """A register with one style sheet, whose name the server derives from its content."""
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "page.css").write_text("body { color: black }")
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "collected"
    finders.get_finder.cache_clear()
    yield tmp_path
    finders.get_finder.cache_clear()


@pytest.fixture
def collected(static):
    prepare.Command().collect_static_files()
    return sorted((static / "collected").glob("page.*.css"))


def test_static_files_are_collected_with_hashed_names(static, collected):
    assert len(collected) == 1
    assert (static / "collected" / "staticfiles.json").is_file()


def test_unchanged_static_files_are_left_alone(static, collected):
    collected[0].unlink()
    prepare.Command().collect_static_files()
    assert not collected[0].exists()


def test_changed_static_files_are_collected_anew(static, collected):
    (static / "static" / "page.css").write_text("body { color: white }")
    prepare.Command().collect_static_files()
    assert sorted((static / "collected").glob("page.*.css")) not in ([], collected)
