"""The scripts on a machine that lacks something they need."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

BIN = Path(__file__).resolve().parent.parent / "bin"
SHELL = shutil.which("sh")

TOOLS = ("dirname", "mkdir", "rm", "cat", "cksum")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the scripts are for a POSIX shell")


@pytest.fixture
def fresh(tmp_path):
    """A copy of bin/ in a folder whose name holds a space, and a PATH of our own making."""
    shutil.copytree(BIN, tmp_path / "a register" / "bin")
    path = tmp_path / "path"
    path.mkdir()
    for tool in TOOLS:
        (path / tool).symlink_to(shutil.which(tool))
    return tmp_path


def serve(fresh: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SHELL, "a register/bin/serve"],
        cwd=fresh,
        env={"PATH": str(fresh / "path")},
        capture_output=True,
        text=True,
        check=False,
    )


def install(fresh: Path, script: str) -> None:
    python = fresh / "path" / "python3"
    python.write_text(f"#!{SHELL}\n{script}\n")
    python.chmod(0o755)


@pytest.mark.parametrize("script", [None, "exit 1"])
def test_serve_names_the_python_it_needs(fresh, script):
    if script:
        install(fresh, script)
    done = serve(fresh)
    assert done.returncode == 1
    assert done.stderr == (
        "Pasang dulu Python 3.11 atau lebih baru: sudo apt install python3 python3-venv\n"
    )


def test_serve_names_the_package_that_makes_environments(fresh):
    install(fresh, '[ "$1" != -m ] || { mkdir .venv; exit 1; }')
    done = serve(fresh)
    assert done.returncode == 1
    assert done.stderr == "Pasang dulu paket python3-venv: sudo apt install python3-venv\n"
    assert not (fresh / "a register" / ".venv").exists()
