import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

MANAGE = Path(__file__).resolve().parent.parent / "manage.py"
KEYS = ["text", "iso", "end", "precision", "inferred", "warning"]

Explain = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def explain(monkeypatch: pytest.MonkeyPatch) -> Explain:
    """Runs `explain date` on the bytes given and returns its answers."""

    def run(
        given: bytes, options: tuple[str, ...] = ("--today", "2026-11-22")
    ) -> list[dict[str, Any]]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="ascii"))
        out = io.StringIO()
        call_command("explain", "date", *options, stdout=out)
        return [json.loads(line) for line in out.getvalue().splitlines()]

    return run


@pytest.mark.parametrize(
    ("text", "iso", "end", "precision", "inferred", "warning"),
    [
        ("1 Juli 2025", "2025-07-01", None, "day", False, None),
        ("1 – 3 Juli 2025", "2025-07-01", "2025-07-03", "day", False, None),
        ("Rabu (20/11)", "2024-11-20", None, "day", True, None),
        ("November 2024", "2024-11", None, "month", False, None),
        ("2024", "2024", None, "year", False, None),
        ("20 November", "--11-20", None, "day_month", False, None),
        (
            "Rabu, 1 Juli 2025",
            "2025-07-01",
            None,
            "day",
            False,
            "1 Juli 2025 adalah hari Selasa, bukan Rabu.",
        ),
        (
            "31 November 2025",
            None,
            None,
            None,
            False,
            "31 November tidak ada. November hanya sampai tanggal 30.",
        ),
        ("", None, None, None, False, "Tanggal belum diisi."),
    ],
)
def test_each_line_is_explained(
    explain: Explain,
    text: str,
    iso: str | None,
    end: str | None,
    precision: str | None,
    inferred: bool,
    warning: str | None,
) -> None:
    [answer] = explain(text.encode() + b"\n")
    assert list(answer) == KEYS
    assert list(answer.values()) == [text, iso, end, precision, inferred, warning]


def test_every_line_has_its_answer_in_order(explain: Explain) -> None:
    answers = explain(b"\xef\xbb\xbf1 Juli 2025\r\n\n2024\rx\n\xff\xfe\x00\n20 November")
    assert [answer["text"] for answer in answers] == [
        "1 Juli 2025",
        "",
        "2024\rx",
        "\ufffd\ufffd\x00",
        "20 November",
    ]
    assert [answer["iso"] for answer in answers] == ["2025-07-01", None, None, None, "--11-20"]


def test_no_lines_no_answers(explain: Explain) -> None:
    assert explain(b"") == []


def test_today_is_the_day_in_jakarta(explain: Explain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2024, 11, 19, 17, 30, tzinfo=UTC))
    [answer] = explain(b"Rabu (20/11)", ())
    assert answer["iso"] == "2024-11-20"


@pytest.mark.parametrize(
    "arguments", [[], ["partner"], ["date", "--today", "22/11/2026"], ["date", "--today", "x"]]
)
def test_wrong_arguments_are_refused(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("explain", *arguments)


def test_it_answers_line_by_line_whatever_the_terminal() -> None:
    with subprocess.Popen(
        [sys.executable, str(MANAGE), "explain", "date", "--today", "2026-11-22"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"PATH": "", "PYTHONIOENCODING": "ascii", "ENV_FILE": "/dev/null"},
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write("Jum’at – 4 Juli 2025\n".encode())
        program.stdin.flush()
        answer = program.stdout.readline().decode()
        assert '"text": "Jum’at – 4 Juli 2025", "iso": "2025-07-04"' in answer
        program.stdin.close()
        assert program.wait() == 0
