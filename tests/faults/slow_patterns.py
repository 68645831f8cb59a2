"""Looks for expressions that some text makes slow: `python -m tests.faults.slow_patterns`.

Every compiled expression of the product is tried with texts that repeat what it is made of, in
growing lengths. A text of LONGEST letters has to be read within PATIENCE: an expression whose
work grows with the square of the length takes many times as long, one that grows faster never
gets that far.
"""

import importlib
import itertools
import os
import pkgutil
import re
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import django

from tests.faults.figures import Figures, arguments

PACKAGES = ("config", "indonesian", "institutions", "partnerships")
LENGTHS = (12, 16, 20, 24, 28, 32, 64, 256, 1024, 4096, 16384)
LONGEST = LENGTHS[-1]
# Processor time; the slowest of the product takes a hundredth of it.
PATIENCE = 0.1
LITERALS = re.compile(r"\\[dDwWsSbB]|[^\\^$.|?*+(){}\[\]]")
STANDS_FOR = {"\\d": "1", "\\D": "a", "\\w": "a", "\\W": "!", "\\s": " ", "\\S": "a"}
USUAL = ("a", "1", " ", "-", ".", "(")


def main() -> int:
    arguments(__doc__)
    figures = Figures()
    found = list(patterns())
    figures.at_least("expressions tried", len(found), 12)
    slow = [words for name, pattern in found for words in slow_texts(name, pattern)]
    figures.exactly("expressions that a text makes slow", len(slow), 0)
    for words in slow:
        figures.note("slow", words)
    return figures.exit_code


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Every compiled expression that stands in a module of the product, migrations left out."""
    seen: set[re.Pattern[Any]] = set()
    for package in PACKAGES:
        for module in pkgutil.walk_packages([package], f"{package}."):
            if ".migrations." in module.name or module.name.endswith((".wsgi", ".conf")):
                continue
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern) and value not in seen:
                    seen.add(value)
                    yield f"{module.name}.{name}", value


def slow_texts(name: str, pattern: re.Pattern[Any]) -> Iterator[str]:
    """The first text found for each way the product matches with it."""
    for way in (getattr(pattern, used) for used in ways_of(name.rpartition(".")[2])):
        for pump, end in pumps(pattern):
            length = next((n for n in LENGTHS if seconds(way, pump, n, end) > PATIENCE), None)
            if length:
                yield f"{name} ({way.__name__}): {pump!r} up to {length} letters, then {end!r}"
                break


def ways_of(name: str) -> set[str]:
    """What its sources call: to replace, split or find is to search again and again."""
    calls = re.compile(rf"\b{name}\.(\w+)")
    texts = (file.read_text(encoding="utf-8") for file in sources())
    used = {way for text in texts for way in calls.findall(text)}
    return {way if way in {"match", "fullmatch"} else "search" for way in used} or {"search"}


@cache
def sources() -> list[Path]:
    return [file for package in PACKAGES for file in Path(package).rglob("*.py")]


def pumps(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str]]:
    """What to repeat and what to end with: letters the expression names, and pairs of them."""
    written = pattern.pattern
    # Of what is looked for in files.
    written = written.decode("latin-1") if isinstance(written, bytes) else written
    named = (STANDS_FOR.get(part, part[-1]) for part in LITERALS.findall(written))
    letters = [*dict.fromkeys([*USUAL, *named])][:14]
    repeated = [*letters, *map("".join, itertools.permutations(letters[:8], 2))]
    yield from itertools.product(repeated, ("", "\n", "!"))


def seconds(way: Any, pump: str, length: int, end: str) -> float:
    text: str | bytes = (pump * length)[:length] + end
    if isinstance(way.__self__.pattern, bytes):
        text = str(text).encode("latin-1")
    begin = time.process_time()
    way(text)
    return time.process_time() - begin


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    raise SystemExit(main())
