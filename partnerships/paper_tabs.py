"""The views over the list of agreements: what the own units have to do with, and everything else.

A tab counts all it holds, whatever is filtered, and leads to exactly these papers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from institutions.lists import TRASH
from institutions.models import User
from partnerships.models import Agreement, AgreementQuerySet, Status
from partnerships.survey import own_papers, survey_of

ALL_OWN, EVERYWHERE = "unit-saya", ""


@dataclass(frozen=True)
class PaperTab:
    """`tallied_as` is its count in a Survey; `empty` is what the list says without any paper."""

    label: str
    tallied_as: str
    empty: str
    papers: Callable[[AgreementQuerySet, date], AgreementQuerySet]


OWN_TABS = {
    "berlaku": PaperTab(
        "Berlaku",
        "active",
        "Belum ada perjanjian unit Anda yang berlaku. Yang sudah ditandatangani dan belum berakhir"
        " muncul di sini.",
        lambda rows, today: rows.counted().in_force(today),
    ),
    "segera": PaperTab(
        "Segera berakhir",
        "ending_soon",
        "Tidak ada perjanjian unit Anda yang berakhir dalam 90 hari.",
        lambda rows, today: rows.counted().of_status(Status.ENDING_SOON, today),
    ),
    "kedaluwarsa": PaperTab(
        "Kedaluwarsa",
        "expired",
        "Tidak ada perjanjian unit Anda yang berakhir tanpa diperpanjang atau diakhiri.",
        lambda rows, today: rows.counted().of_status(Status.EXPIRED, today),
    ),
    "belum-berjalan": PaperTab(
        "Belum berjalan",
        "not_moving",
        "Setiap perjanjian unit Anda yang berlaku lebih dari 90 hari sudah ada realisasinya.",
        lambda rows, today: rows.counted().not_moving(today),
    ),
    "belum-lengkap": PaperTab(
        "Belum lengkap",
        "incomplete",
        "Catatan semua perjanjian unit Anda yang berlaku sudah lengkap.",
        lambda rows, today: rows.counted().incomplete(today),
    ),
    "draf": PaperTab(
        "Draf",
        "drafts",
        "Tidak ada draf. Perjanjian yang belum ditandatangani muncul di sini sampai tanggal tanda"
        " tangannya diisi.",
        lambda rows, _: rows.drafts(),
    ),
    "penjajakan": PaperTab(
        "Penjajakan",
        "prospects",
        "Tidak ada penjajakan. Catat perjanjian dengan tahap Penjajakan begitu pembicaraan dengan"
        " mitra dimulai.",
        lambda rows, _: rows.prospects(),
    ),
    ALL_OWN: PaperTab(
        "Semua",
        "all",
        "Belum ada perjanjian unit Anda. Yang dicatat unit Anda, atau yang menjadikan unit Anda"
        " pihak, muncul di sini.",
        lambda rows, _: rows,
    ),
}
EMPTY_TRASH = (
    "Sampah kosong. Perjanjian unit Anda yang dihapus muncul di sini dan dapat dipulihkan."
)
EMPTY_REGISTER = (
    "Belum ada perjanjian. Humas unit mencatatnya; yang sudah ditandatangani tampil di sini."
)


def open_tab(user: User, asked: str) -> str:
    """The tab that a list opens with this address; the whole register is nothing apart for some."""
    known = asked if asked in OWN_TABS or asked == TRASH else EVERYWHERE
    return ALL_OWN if known == EVERYWHERE and user.sees_everything else known


def papers_of_tab(user: User, tab: str, today: date) -> AgreementQuerySet:
    if tab in OWN_TABS:
        return OWN_TABS[tab].papers(own_papers(user), today)
    if tab == TRASH:
        return Agreement.objects.editable_by(user).archived()
    return Agreement.objects.listed_to(user).current()


def tabs_of(user: User, tab: str, address: str, today: date) -> list[dict[str, Any]]:
    tally = survey_of(user, today).tally
    links: list[tuple[str, str, int | None]] = [
        (name, own.label, tally[own.tallied_as]) for name, own in OWN_TABS.items()
    ]
    if not user.sees_everything:
        links.append((EVERYWHERE, "Unit lain juga", None))
    links.append((TRASH, "Sampah", None))
    return [
        {
            "label": label,
            "url": f"{address}?tab={name}" if name else address,
            "count": count,
            "current": name == tab,
        }
        for name, label, count in links
    ]


def empty_text(tab: str) -> str:
    if tab in OWN_TABS:
        return OWN_TABS[tab].empty
    return EMPTY_TRASH if tab == TRASH else EMPTY_REGISTER
