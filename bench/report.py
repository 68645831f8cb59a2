"""The figures of a run as ratios, what they were to be, and the table for people."""

import statistics
from typing import Any

from bench.measure import Cost
from bench.places import UNIT

FIRST_PAGE = {
    "partner list, page 900": "partner list",
    "agreement list, page 900": "agreement list",
}
DEEP, CONSTANT, STOCK = 1.5, 1.2, 2.0


def figures(costs: list[Cost], counts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One entry a page. U is taken round by round, so that a busy minute does not count twice."""
    units = next(cost.cpu for cost in costs if cost.place.name == UNIT)
    return [
        {
            "page": cost.place.name,
            "who": cost.place.who,
            "address": cost.place.address,
            "units": round(statistics.median(map(divided, cost.cpu, units)), 2),
            "cpu_ms": round(cost.cpu_median, 2),
            "p50_ms": round(cost.quantile(0.5), 1),
            "p95_ms": round(cost.quantile(0.95), 1),
            "per_second": round(statistics.median(cost.per_second), 1),
            "queries": count["queries"],
            "bytes": count["bytes"],
            "sql": count["sql"],
            "most_units": cost.place.most_units,
            "most_queries": cost.place.most_queries,
            "most_bytes": cost.place.most_bytes,
            "most_p50_ms": cost.place.most_milliseconds,
            "against": cost.place.against,
        }
        for cost, count in zip(costs, counts, strict=True)
    ]


def divided(cost: float, unit: float) -> float:
    return cost / unit


def judge(
    about: dict[str, Any], rows: list[dict[str, Any]], small: list[dict[str, Any]]
) -> dict[str, Any]:
    """Compare with the marks; `missed` names each that does not hold."""
    cpu = {(row["page"], row["who"]): row["cpu_ms"] for row in rows}
    stock = {row["page"]: row["cpu_ms"] for row in rows if row["page"].startswith("stock")}
    young = {(row["page"], row["who"]): row["units"] for row in small}
    missed = []
    for row in rows:
        key = (row["page"], row["who"])
        first = cpu.get((FIRST_PAGE.get(row["page"], ""), row["who"]))
        row["of_first_page"] = round(row["cpu_ms"] / first, 2) if first else None
        against = stock.get(row["against"])
        row["stock_ratio"] = round(against / row["cpu_ms"], 2) if against else None
        row["growth"] = round(row["units"] / young[key], 2) if young.get(key) else None
        missed += [f"{row['page']} ({row['who']}): {words}" for words in misses(row)]
    return about | {"pages": rows, "few_agreements": small, "missed": missed}


def misses(row: dict[str, Any]) -> list[str]:
    found = []
    for name in ("units", "queries", "bytes", "p50_ms"):
        most = row[f"most_{name}"]
        if most and row[name] > most:
            found.append(f"{row[name]} {name}, at most {most}")
    if row["stock_ratio"] and row["stock_ratio"] < STOCK:
        found.append(f"stock admin costs {row['stock_ratio']} times as much, at least {STOCK}")
    for name, most in (("of_first_page", DEEP), ("growth", CONSTANT)):
        if row[name] and row[name] > most:
            found.append(f"{name} {row[name]}, at most {most}")
    return found


HEADING = (
    "| page | as | U | stock admin ÷ page | CPU ms | p50 ms | p95 ms | per second | queries |"
    " HTML bytes | ÷ page 1 | ÷ 1,000 agreements |\n"
    f"{'|---' * 12}|\n"
)


def table(report: dict[str, Any]) -> str:
    about = ", ".join(f"{name} {report[name]}" for name in ("engine", "date", "machine", "load"))
    lines = [
        f"| {row['page']} | {row['who']} | **{row['units']}** | {row['stock_ratio'] or ''} |"
        f" {row['cpu_ms']} | {row['p50_ms']} | {row['p95_ms']} | {row['per_second']} |"
        f" {row['queries']} | {row['bytes']} | {row['of_first_page'] or ''} |"
        f" {row['growth'] or ''} |"
        for row in report["pages"]
    ]
    missed = "".join(f"* {line}\n" for line in report["missed"]) or "* none\n"
    return f"{about}\n\n{HEADING}" + "\n".join(lines) + f"\n\nMarks missed:\n\n{missed}"
