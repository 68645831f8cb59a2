"""The made-up province with its regencies, units, heads and accounts."""

from datetime import timedelta

from institutions.models import (
    KanwilProvince,
    Officeholder,
    Province,
    Regency,
    RegencyKind,
    Role,
    Timezone,
    Unit,
    UnitKind,
    UnitSubkind,
    User,
)
from partnerships.demo.words import DEGREES, PEOPLE
from partnerships.demo.world import HUMAS, MANAGER, REASON, World
from partnerships.start_data.accounts import FirstAccount, create_account

PROVINCE_CODE = "99"
KANWIL_CODE = "demo-kanwil"
REGENCIES = (
    ("99.01", RegencyKind.KABUPATEN, "Contoh Utara"),
    ("99.02", RegencyKind.KABUPATEN, "Contoh Selatan"),
    ("99.03", RegencyKind.KABUPATEN, "Contoh Timur"),
    ("99.04", RegencyKind.KABUPATEN, "Contoh Barat"),
    ("99.71", RegencyKind.KOTA, "Contoh Raya"),
)
# Code, kind, what makes it special, class, place (also the regency it lies in).
UNITS = (
    ("lapas-contoh-utara", UnitKind.LAPAS, UnitSubkind.UMUM, "IIA", "Contoh Utara"),
    ("lapas-contoh-selatan", UnitKind.LAPAS, UnitSubkind.UMUM, "IIB", "Contoh Selatan"),
    ("lapas-contoh-raya", UnitKind.LAPAS, UnitSubkind.UMUM, "I", "Contoh Raya"),
    ("lapas-perempuan-contoh-raya", UnitKind.LAPAS, UnitSubkind.PEREMPUAN, "IIA", "Contoh Raya"),
    ("lapas-narkotika-contoh-timur", UnitKind.LAPAS, UnitSubkind.NARKOTIKA, "IIB", "Contoh Timur"),
    ("rutan-contoh-barat", UnitKind.RUTAN, UnitSubkind.UMUM, "IIB", "Contoh Barat"),
    ("rutan-contoh-raya", UnitKind.RUTAN, UnitSubkind.UMUM, "I", "Contoh Raya"),
    ("lpka-contoh-raya", UnitKind.LPKA, UnitSubkind.UMUM, "II", "Contoh Raya"),
    ("bapas-contoh-raya", UnitKind.BAPAS, UnitSubkind.UMUM, "I", "Contoh Raya"),
    ("bapas-contoh-timur", UnitKind.BAPAS, UnitSubkind.UMUM, "II", "Contoh Timur"),
)
HEADS = {
    UnitKind.KANWIL: "Kepala Kantor Wilayah",
    UnitKind.LAPAS: "Kepala Lapas",
    UnitKind.RUTAN: "Kepala Rutan",
    UnitKind.LPKA: "Kepala LPKA",
    UnitKind.BAPAS: "Kepala Bapas",
}


def make_region(world: World) -> Unit:
    """Returns the Kanwil. Raises Unit.DoesNotExist when the reference data was not loaded."""
    root = Unit.objects.get(kind=UnitKind.DITJENPAS)
    province = Province(
        code=PROVINCE_CODE,
        name="Nusa Contoh",
        short_name="Nusa Contoh",
        abbreviation="Nusa Contoh",
        timezone=Timezone.WITA,
    ).record(by=None, reason=REASON)
    for code, kind, name in REGENCIES:
        regency = Regency(
            code=code, province=province, kind=kind, name=name, full_name=f"{kind.label} {name}"
        )
        world.regencies.append(regency.record(by=None, reason=REASON))
    kanwil = Unit(
        code=KANWIL_CODE,
        kind=UnitKind.KANWIL,
        name="Kantor Wilayah Direktorat Jenderal Pemasyarakatan Nusa Contoh",
        short_name="Kanwil Ditjenpas Nusa Contoh",
        place="Nusa Contoh",
        province=province,
        parent=root,
    ).record(by=None, reason=REASON)
    KanwilProvince(unit=kanwil, province=province).record(by=None, reason=REASON)
    make_units(world, kanwil)
    for unit in (kanwil, *world.units):
        make_head(world, unit)
    return kanwil


def make_units(world: World, kanwil: Unit) -> None:
    regencies = {regency.name: regency for regency in world.regencies}
    for code, kind, subkind, grade, place in UNITS:
        special = "" if subkind == UnitSubkind.UMUM else f"{subkind.label} "
        unit = Unit(
            code=f"demo-{code}",
            kind=kind,
            subkind=subkind,
            grade=grade,
            name=f"{kind.label} {special}Kelas {grade} {place}",
            short_name=f"{kind.label} {special}{place}",
            place=place,
            regency=regencies[place],
            parent=kanwil,
            address=f"Jalan Contoh Nomor {len(world.units) + 1}, {place}",
        )
        world.units.append(unit.record(by=None, reason=REASON))
    bapas = next(unit for unit in world.units if unit.code == "demo-bapas-contoh-raya")
    for code, kind, name in (
        ("demo-pos-bapas-contoh-barat", UnitKind.POSBAPAS, "Pos Bapas Contoh Barat"),
        ("demo-griya-contoh-raya", UnitKind.GRIYA, "Griya Abhipraya Contoh Raya"),
    ):
        Unit(
            code=code, kind=kind, name=name, short_name=name, province=bapas.province, parent=bapas
        ).record(by=None, reason=REASON)


def make_head(world: World, unit: Unit) -> None:
    since = world.days_ago(200, 900)
    head = Officeholder(
        unit=unit,
        person_name=world.dice.choice(PEOPLE),
        degrees=world.dice.choice(DEGREES),
        position=HEADS[UnitKind(unit.kind)],
        is_head=True,
        valid_from=since,
    )
    head.record(by=None, reason=REASON)
    if world.chance(50):
        before = Officeholder(
            unit=unit,
            person_name=world.dice.choice(PEOPLE),
            position=HEADS[UnitKind(unit.kind)],
            is_head=True,
            valid_from=since - timedelta(days=700),
            valid_until=since - timedelta(days=1),
        )
        before.record(by=None, reason=REASON)


def make_accounts(world: World, kanwil: Unit) -> list[FirstAccount]:
    """Two accounts to sign in with; and, without a password, one that records for every unit."""
    accounts = [
        create_account(HUMAS, Role.HUMAS, world.units[0], "Humas Contoh Utara"),
        create_account(MANAGER, Role.MANAJER, kanwil, "Manajer Nusa Contoh"),
    ]
    world.recorders[world.units[0].pk] = User.objects.get(username=HUMAS)
    for unit in (kanwil, *world.units[1:]):
        user = User(
            username=f"{unit.code}-humas", first_name="Humas", last_name=unit.short_name, unit=unit
        )
        user.set_unusable_password()
        user.record(by=None, reason=REASON, role=Role.HUMAS)
        world.recorders[unit.pk] = user
    return accounts
