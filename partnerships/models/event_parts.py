"""The parts of an event: agenda, units, partners, people, coverage, agreements served."""

from django.db import models
from django.db.models import F, Q

from institutions.models import NoteField, Recorded, Trail, Unit, one_of
from partnerships.models.agreements import Agreement
from partnerships.models.codelists import ProgrammeArea
from partnerships.models.event_codes import (
    TOOK_PART,
    ActivityKind,
    Outcome,
    PersonRole,
    Presence,
    UnitRole,
)
from partnerships.models.events import Event
from partnerships.models.partners import Partner


class EventPart(Recorded):
    """One act on the agenda; the first is what the event mainly was."""

    event = models.ForeignKey(
        Event, verbose_name="kegiatan", on_delete=models.CASCADE, related_name="parts"
    )
    kind = models.CharField("jenis", max_length=12, choices=ActivityKind.choices)
    text = models.CharField("keterangan", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("urutan", default=1)

    history = Trail()

    class Meta:
        verbose_name = "acara"
        verbose_name_plural = "susunan acara"
        ordering = ["event", "order", "pk"]
        constraints = [one_of("kind", ActivityKind, name="eventpart_kind_known")]

    def __str__(self) -> str:
        label = self.get_kind_display()
        return f"{label}: {self.text}" if self.text else label


class EventUnit(Recorded):
    """A unit that took part, in which role, and whether only online."""

    event = models.ForeignKey(
        Event, verbose_name="kegiatan", on_delete=models.CASCADE, related_name="unit_roles"
    )
    unit = models.ForeignKey(
        Unit, verbose_name="unit", on_delete=models.PROTECT, related_name="event_roles"
    )
    role = models.CharField(
        "peran", max_length=9, choices=UnitRole.choices, default=UnitRole.ATTENDING
    )
    online = models.BooleanField("mengikuti secara daring", default=False)

    history = Trail()

    class Meta:
        verbose_name = "unit yang terlibat"
        verbose_name_plural = "unit yang terlibat"
        ordering = ["event", "pk"]
        constraints = [
            one_of("role", UnitRole, name="eventunit_role_known"),
            models.UniqueConstraint(
                fields=["event", "unit"],
                name="eventunit_once",
                violation_error_message="Unit ini sudah tercatat pada kegiatan itu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} ({self.get_role_display()})"


class EventArea(Recorded):
    """A programme area the event was about."""

    event = models.ForeignKey(
        Event, verbose_name="kegiatan", on_delete=models.CASCADE, related_name="area_links"
    )
    area = models.ForeignKey(
        ProgrammeArea, verbose_name="bidang", on_delete=models.PROTECT, related_name="event_links"
    )

    history = Trail()

    class Meta:
        verbose_name = "bidang kegiatan"
        verbose_name_plural = "bidang kegiatan"
        ordering = ["area"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "area"],
                name="event_area_once",
                violation_error_message="Bidang ini sudah tercatat.",
            )
        ]

    def __str__(self) -> str:
        return str(self.area)


class EventAgreement(Recorded):
    """An agreement the event carried out something of; its deliveries follow from it."""

    event = models.ForeignKey(
        Event, verbose_name="kegiatan", on_delete=models.CASCADE, related_name="served"
    )
    agreement = models.ForeignKey(
        Agreement,
        verbose_name="perjanjian",
        on_delete=models.PROTECT,
        related_name="serving_events",
    )

    history = Trail()

    class Meta:
        verbose_name = "perjanjian yang dilaksanakan"
        verbose_name_plural = "perjanjian yang dilaksanakan"
        ordering = ["event", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "agreement"],
                name="event_agreement_once",
                violation_error_message="Perjanjian ini sudah tercatat pada kegiatan itu.",
            )
        ]

    def __str__(self) -> str:
        return str(self.agreement)


class Attendance(Recorded):
    """A partner that was invited or took part; a name nobody registered yet stays as written."""

    event = models.ForeignKey(
        Event, verbose_name="kegiatan", on_delete=models.CASCADE, related_name="attendances"
    )
    partner = models.ForeignKey(
        Partner,
        verbose_name="mitra",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
    )
    name_as_written = models.CharField("nama seperti tertulis", max_length=200, blank=True)
    presence = models.CharField(
        "kehadiran", max_length=11, choices=Presence.choices, default=Presence.PRESENT
    )
    representative = models.CharField("diwakili oleh", max_length=150, blank=True)
    outcome = models.CharField("hasil", max_length=11, choices=Outcome.choices, blank=True)
    agreement = models.ForeignKey(
        Agreement,
        verbose_name="perjanjian yang dihasilkan",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="producing_attendances",
    )

    history = Trail()

    class Meta:
        verbose_name = "kehadiran mitra"
        verbose_name_plural = "kehadiran mitra"
        ordering = ["event", "pk"]
        constraints = [
            one_of("presence", Presence, name="attendance_presence_known"),
            one_of("outcome", Outcome, name="attendance_outcome_known", or_blank=True),
            models.CheckConstraint(
                condition=Q(partner__isnull=False) | ~Q(name_as_written=""),
                name="attendance_somebody",
                violation_error_message="Pilih mitra atau tulis namanya.",
            ),
            models.UniqueConstraint(
                fields=["event", "partner"],
                name="attendance_once",
                violation_error_message="Mitra ini sudah tercatat pada kegiatan itu.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return str(self.partner) if self.partner else self.name_as_written

    @property
    def took_part(self) -> bool:
        return self.presence in TOOK_PART


class EventPerson(Recorded):
    """A person in office who led, spoke or stood for a partner, as of that day."""

    event = models.ForeignKey(
        Event, verbose_name="kegiatan", on_delete=models.CASCADE, related_name="people"
    )
    name = models.CharField("nama", max_length=120, help_text="Tanpa gelar.")
    degrees = models.CharField("gelar", max_length=80, blank=True)
    position = models.CharField("jabatan", max_length=150, blank=True)
    organisation = models.CharField("instansi seperti tertulis", max_length=200, blank=True)
    unit = models.ForeignKey(
        Unit,
        verbose_name="unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="event_people",
    )
    partner = models.ForeignKey(
        Partner,
        verbose_name="mitra",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="event_people",
    )
    role = models.CharField(
        "peran", max_length=14, choices=PersonRole.choices, default=PersonRole.SPEAKER
    )

    history = Trail()

    class Meta:
        verbose_name = "tokoh"
        verbose_name_plural = "tokoh"
        ordering = ["event", "pk"]
        constraints = [
            one_of("role", PersonRole, name="eventperson_role_known"),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(partner__isnull=True),
                name="eventperson_unit_or_partner",
                violation_error_message="Seseorang mewakili unit atau mitra, bukan keduanya.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.degrees}" if self.degrees else self.name


class Quote(Recorded):
    """What a person said at the event, for releases."""

    person = models.ForeignKey(
        EventPerson, verbose_name="tokoh", on_delete=models.CASCADE, related_name="quotes"
    )
    text = NoteField("kutipan", max_length=1000)

    history = Trail()

    class Meta:
        verbose_name = "kutipan"
        verbose_name_plural = "kutipan"
        ordering = ["person", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Coverage(Recorded):
    """A report of the event by an outlet, and how far it reached when looked at."""

    event = models.ForeignKey(
        Event, verbose_name="kegiatan", on_delete=models.CASCADE, related_name="coverage"
    )
    outlet = models.CharField("media", max_length=120)
    url = models.URLField("alamat berita", max_length=500, blank=True)
    published_on = models.DateField("terbit pada", null=True, blank=True)
    reach = models.PositiveIntegerField("jumlah dilihat", null=True, blank=True)
    captured_on = models.DateField("dilihat pada", null=True, blank=True)

    history = Trail()

    class Meta:
        verbose_name = "liputan"
        verbose_name_plural = "liputan"
        ordering = ["event", F("published_on").desc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return self.outlet
