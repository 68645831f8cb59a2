"""The pages that are measured, their marks, and who asks for them."""

from dataclasses import dataclass
from typing import Any

UNIT, REFERENCE = "U", "hand-tuned list"
STOCK_PARTNERS, STOCK_AGREEMENTS = "stock admin, partners", "stock admin, agreements"
ROWS = "per_page=50"


@dataclass(frozen=True)
class Place:
    """One page as one person; what begins with `most` are its marks (0: none)."""

    name: str
    address: str
    who: str = "upt"
    most_units: int = 0
    most_queries: int = 0
    most_bytes: int = 0
    against: str = ""
    most_milliseconds: int = 0

    @property
    def is_list(self) -> bool:
        return self.most_bytes > 0


def yardsticks() -> list[Place]:
    return [
        Place(UNIT, "/bench/unit"),
        Place(REFERENCE, "/bench/partners"),
        Place(STOCK_PARTNERS, "/bench/admin/partnerships/partner/", "superuser"),
        Place(STOCK_AGREEMENTS, "/bench/admin/partnerships/agreement/", "superuser"),
    ]


def pages(found: dict[str, Any]) -> list[Place]:
    """The register's own pages; `found` is what the seed printed."""
    places = []
    for who in ("upt", "ditjenpas"):
        lists = {
            "partner list": (f"/mitra/?{ROWS}", STOCK_PARTNERS),
            "partner list, filtered": (f"/mitra/?{ROWS}&kind=OPD&province=33", STOCK_PARTNERS),
            "partner list, searched": (f"/mitra/?{ROWS}&q=dinas+kesehatan", STOCK_PARTNERS),
            "partner list, page 900": (f"/mitra/?{ROWS}&page=900", STOCK_PARTNERS),
            "agreement list": (f"/perjanjian/?{ROWS}", STOCK_AGREEMENTS),
            "agreement list, aktif": (f"/perjanjian/?{ROWS}&status=aktif", STOCK_AGREEMENTS),
            "agreement list, expired": (f"/perjanjian/?{ROWS}&status=expired", STOCK_AGREEMENTS),
            "agreement list, page 900": (f"/perjanjian/?{ROWS}&page=900", STOCK_AGREEMENTS),
            "own agreements": (f"/perjanjian/?{ROWS}&tab=unit-saya", STOCK_AGREEMENTS),
            "event list": (f"/kegiatan/?{ROWS}", ""),
            "delivery list": (f"/realisasi/?{ROWS}", ""),
        }
        for name, (address, against) in lists.items():
            places.append(Place(name, address, who, 10, 6, 45_000, against))
        paper, event = found["agreement"], found["event"]
        places += [
            Place("agreement", f"/perjanjian/{paper}/", who, 8, 8),
            Place("partner", f"/mitra/{found['partner']}/", who, 8, 8),
            Place("event", f"/kegiatan/{event}/", who, 8, 8),
            Place("agreement form", f"/perjanjian/{paper}/ubah/", who, 10, 8),
            Place("partner form", f"/mitra/{found['partner']}/ubah/", who, 10, 8),
            Place("home", "/", who, 10),
            Place("unit", f"/unit/{found['unit']}/", who, 8, 8),
        ]
        reports = {
            "report": "/laporan/",
            "report, every unit": "/laporan/?rinci=unit",
            "report, trend": "/laporan/perkembangan/",
            "report, recording": "/laporan/pengisian/",
            "report, endings": "/laporan/akan-berakhir/",
            "report, idle": "/laporan/belum-berjalan/",
        }
        for name, address in reports.items():
            places.append(Place(name, address, who, most_queries=20, most_milliseconds=500))
    return places
