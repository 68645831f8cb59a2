"""`./bin/bench`: how fast the register is with the data of the whole country.

Prints a table of ratios and writes it, with every figure, to the folder named by --output.
"""

import argparse
import json
import platform
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from bench.cpu import load_average
from bench.measure import Cost, measure
from bench.places import UNIT, Place, pages, yardsticks
from bench.report import figures, judge, table
from bench.seed_sizes import add_sizes, sizes_of
from bench.server import Server, server

ENGINES = ("postgresql", "sqlite")
FEW_AGREEMENTS = 1_000


def main(options: argparse.Namespace) -> int:
    output = Path(options.output)
    output.mkdir(parents=True, exist_ok=True)
    missed = 0
    for engine in options.engine or ENGINES:
        report = run(engine, options)
        (output / f"{engine}.json").write_text(json.dumps(report, indent=1) + "\n")
        text = table(report)
        (output / f"{engine}.md").write_text(text)
        print(text, flush=True)
        missed += len(report["missed"])
    return 1 if options.gate and missed else 0


def run(engine: str, options: argparse.Namespace) -> dict[str, Any]:
    """All pages with the whole data; a few again with few agreements, for the constancy mark."""
    sizes = sizes_of(options)
    with tempfile.TemporaryDirectory(prefix="register-bench-") as folder:
        with server(Path(folder) / "national", engine, sizes) as national:
            rows = figures(*cost_of(national, options))
            about = {"seed_seconds": national.found["seconds"]}
        small: list[dict[str, Any]] = []
        if options.constancy:
            few = [*sizes, f"--agreements={FEW_AGREEMENTS}"]
            with server(Path(folder) / "few", engine, few) as young:
                small = figures(*cost_of(young, options))
    about |= {
        "engine": engine,
        "date": date.today().isoformat(),
        "machine": f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}",
        "load": load_average(),
        "sizes": sizes,
        "rounds": options.rounds,
    }
    return judge(about, rows, small)


def cost_of(
    running: Server, options: argparse.Namespace
) -> tuple[list[Cost], list[dict[str, Any]]]:
    wanted = [*yardsticks(), *pages(running.found)]
    if options.only:
        wanted = [place for place in wanted if place.name == UNIT or options.only in place.name]
    costs = measure(running, wanted, options.rounds, options.seconds)
    return costs, running.query_counts([address_and_session(running, place) for place in wanted])


def address_and_session(running: Server, place: Place) -> list[str]:
    return [place.address, running.found["sessions"][place.who]]


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--engine", action="append", choices=ENGINES)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="of four callers, per page")
    parser.add_argument("--only", default="", help="pages whose name contains this")
    parser.add_argument("--constancy", action="store_true", help="again with 1,000 agreements")
    parser.add_argument("--gate", action="store_true", help="fail when a mark is missed")
    parser.add_argument("--output", default="bench/results")
    add_sizes(parser)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main(read_options()))
