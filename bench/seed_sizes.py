"""How much data: the whole country unless options say less."""

import argparse

SEED = 20261125
SIZES = {"partners": 50_000, "agreements": 72_000, "events": 100_000, "deliveries": 200_000}


def add_sizes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=SEED)
    for name, number in SIZES.items():
        parser.add_argument(f"--{name}", type=int, default=number)


def sizes_of(options: argparse.Namespace) -> list[str]:
    return [f"--{name}={getattr(options, name)}" for name in ("seed", *SIZES)]
