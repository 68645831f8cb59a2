"""The browser of the browser tests: the Chromium of this machine, never a download."""

import importlib.util
import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def executable() -> str | None:
    """CHROMIUM from the environment, or one of the usual names on PATH."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    return next(filter(None, map(shutil.which, NAMES)), None)


def missing() -> str | None:
    """Why the browser tests cannot run; None when they can."""
    if importlib.util.find_spec("playwright") is None:
        return "playwright is not installed, see requirements-dev.txt"
    return None if executable() else "no Chromium found, CHROMIUM names none"


def version() -> str:
    found = executable()
    if found is None:
        return "none"
    answer = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    return answer.stdout.strip() or found
