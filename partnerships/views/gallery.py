"""The page that shows every shared part of the templates, for staff and for the browser tests."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

STATUSES = [
    ("prospect", "Penjajakan", ""),
    ("drafting", "Penyusunan", ""),
    ("awaiting", "Menunggu tanda tangan", ""),
    ("not_yet", "Belum berlaku", "mulai 1 Jan 2027"),
    ("active", "Berlaku", ""),
    ("open_ended", "Tanpa batas", ""),
    ("no_end", "Masa belum dicatat", ""),
    ("ending_soon", "Segera berakhir", "21 hari lagi"),
    ("expired", "Kedaluwarsa", "sejak 3 Mei 2025"),
    ("renewed", "Diperpanjang", ""),
    ("terminated", "Diakhiri lebih awal", ""),
    ("archived", "Arsip", ""),
]
EVIDENCE = [
    ("new", "Baru", False),
    ("not_moving", "Belum berjalan", False),
    ("moving", "Berjalan", True),
    ("stalled", "Tersendat", False),
]
AGREEMENT_ROWS = [
    ("Layanan kesehatan bagi warga binaan", "Dinas Kesehatan Kab. Contoh", 1204),
    ("Pendidikan kesetaraan Paket A, B, dan C", "Dinas Pendidikan Kab. Contoh", 0),
    ("Pembinaan keagamaan", "Yayasan Contoh Dua", 57),
]


class OddField(forms.CharField):
    warning = "Nomor ini sudah dipakai untuk perjanjian lain."


class UnderstoodField(forms.CharField):
    echo = "Terbaca: Kamis, 14 Desember 2023"


class SampleForm(forms.Form):
    """One field of every kind the register uses."""

    starred = ("title", "signed_on")

    title = forms.CharField(
        label="Tentang",
        help_text="Tulis persis seperti pada naskah.",
        error_messages={"required": "Isi pokok perjanjian"},
    )
    number = OddField(label="Nomor dari unit", required=False)
    kind = forms.ChoiceField(
        label="Jenis",
        choices=[("PKS", "Perjanjian kerja sama"), ("NK", "Nota kesepahaman"), ("LAIN", "Lainnya")],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih jenis perjanjian"},
    )
    signed_on = UnderstoodField(
        label="Tanggal tanda tangan",
        help_text="Misalnya 14 Desember 2023 atau 14-12-2023.",
        error_messages={"required": "Isi tanggal tanda tangan"},
    )
    areas = forms.MultipleChoiceField(
        label="Bidang",
        choices=[(name, name) for name in ("Kesehatan", "Pendidikan", "Keagamaan", "Kemandirian")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih sedikitnya satu bidang"},
    )
    province = forms.ChoiceField(
        label="Provinsi",
        choices=[("", "Pilih provinsi"), ("14", "Riau"), ("33", "Jawa Tengah")],
        error_messages={"required": "Pilih provinsi"},
    )
    notes = forms.CharField(label="Catatan", widget=forms.Textarea, required=False)
    is_open_ended = forms.BooleanField(label="Berlaku tanpa batas waktu", required=False)


class PartyForm(forms.Form):
    name = forms.CharField(label="Nama pihak", required=False)
    number = forms.CharField(label="Nomor pada naskah", required=False)
    signatory = forms.CharField(label="Penanda tangan", required=False)


class SampleFilterForm(forms.Form):
    q = forms.CharField(label="Cari tentang, mitra, atau nomor", required=False)
    status = forms.ChoiceField(label="Status", choices=[("", "Semua"), ("active", "Berlaku")])
    unit = forms.ChoiceField(label="Unit", choices=[("", "Semua unit")])
    year = forms.CharField(label="Tahun tanda tangan", required=False)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every shared part with made-up content."""
    if not request.user.is_staff:
        raise PermissionDenied("Halaman contoh tampilan hanya untuk pengelola register.")
    messages.success(request, "Perjanjian tersimpan. Naskah belum diunggah.")
    messages.warning(request, "Tanggal tanda tangan lebih dari satu bulan ke depan.")
    party_forms = forms.formset_factory(PartyForm, extra=2, can_delete=True)
    sample = {"title": "Layanan kesehatan bagi warga binaan", "kind": "PKS"}
    context = {
        "section": "gallery",
        "statuses": STATUSES,
        "evidence": EVIDENCE,
        "agreement_rows": AGREEMENT_ROWS,
        "page_obj": Paginator(range(640), 25).get_page(request.GET.get("page")),
        "sort": request.GET.get("sort", "title"),
        "sample_form": SampleForm(initial=sample, prefix="contoh"),
        "faulty_form": SampleForm({"salah-notes": "Contoh"}, prefix="salah"),
        "party_formset": party_forms(prefix="parties"),
        "filter_form": SampleFilterForm(),
        **_records(),
    }
    return render(request, "gallery.html", context)


def _records() -> dict[str, Any]:
    changed = datetime(2026, 11, 20, 9, 14, tzinfo=ZoneInfo("Asia/Jakarta"))
    return {
        "picker": SimpleNamespace(
            name="partner",
            attrs={"id": "id_partner", "aria-describedby": "id_partner_helptext"},
            query_name="partner_query",
            query="dinkes contoh",
            search_name="cari",
            note="Menampilkan 2 dari 43; tulis lebih lengkap.",
            options=[
                {
                    "value": "7",
                    "label": "Dinas Kesehatan Kabupaten Contoh",
                    "hint": "Dinas/OPD · Kab. Contoh · cocok dengan alias “Dinkes Contoh”",
                    "checked": True,
                },
                {"value": "9", "label": "Dinas Kesehatan Kota Contoh", "hint": "Dinas/OPD"},
            ],
            new_option={"value": "baru", "label": "Bukan ini, tambah mitra baru"},
        ),
        "tabs": [
            {"label": "Berlaku", "url": "?tab=berlaku", "count": 1204, "current": True},
            {"label": "Segera berakhir", "url": "?tab=segera", "count": 6},
            {"label": "Draf", "url": "?tab=draf", "count": 0},
            {"label": "Sampah", "url": "?tab=sampah"},
        ],
        "chips": [
            {"label": "Status", "value": "Berlaku", "remove_url": "?unit=1"},
            {"label": "Bidang", "value": "Kesehatan", "remove_url": "?status=active"},
        ],
        "counts": [
            {"value": "42", "label": "perjanjian aktif", "url": "?tab=berlaku"},
            {
                "value": "29",
                "label": "berjalan",
                "note": "69 % dari yang aktif; ada realisasi dalam 6 bulan",
                "url": "?evidence=moving",
                "hero": True,
            },
            {
                "value": "6",
                "label": "segera berakhir",
                "note": "dalam 90 hari",
                "url": "?tab=segera",
            },
            {
                "value": "3",
                "label": "kedaluwarsa",
                "note": "belum ditindaklanjuti",
                "url": "?tab=k",
            },
        ],
        "missing": [
            {"label": "Isi nomor dari mitra", "url": "#id_contoh-number"},
            {"label": "Pilih sedikitnya satu bidang", "url": "#id_contoh-areas_0"},
        ],
        "timeline": [
            {
                "date": date(2026, 10, 3),
                "title": "Skrining kesehatan, 120 peserta",
                "url": "#",
                "byline": "dicatat oleh Contoh Satu",
                "detail": "Realisasi bidang Kesehatan di aula.",
            },
            {"date": date(2025, 12, 14), "title": "Perjanjian ditandatangani"},
            {"date_text": "November 2024", "title": "Rapat koordinasi", "byline": "Budi Contoh"},
        ],
        "conflicts": [
            {"label": "Tempat", "stored": "Aula Lapas Contoh", "typed": "Ruang rapat Lapas Contoh"},
        ],
        "history": [
            {
                "when": changed,
                "who": "Contoh Satu",
                "action": "Diubah",
                "changes": [
                    {"label": "Nomor dari mitra", "before": "", "after": "440/212/2023"},
                    {"label": "Berakhir", "before": "13 Des 2025", "after": "13 Des 2026"},
                ],
                "reason": "Nomor baru diterima dari mitra",
            },
            {"when": changed, "who": "Budi Contoh", "action": "Dicatat"},
        ],
    }
