"""All reference data in one load: our side, then the code lists of agreements and partners."""

import hashlib
from itertools import count
from pathlib import Path

from django.db import transaction

from institutions.loading import REASON, ReferenceLoad
from institutions.models import Unit, UnitKind
from institutions.reference import DATA as INSTITUTIONS_DATA
from institutions.reference import columns, load_institutions
from partnerships.models import ProgrammeArea, Sector

DATA = Path(__file__).parent / "data"

# Kept with the root of the tree: the database knows itself which files it was filled from.
FILES = "files"


@transaction.atomic
def load_reference(
    *,
    force: bool = False,
    institutions_data: Path = INSTITUTIONS_DATA,
    partnerships_data: Path = DATA,
) -> ReferenceLoad | None:
    """Bring the reference data up to date; None when the files are those of the last load.

    Raises BadData, and then nothing is loaded.
    """
    digest = digest_of(institutions_data, partnerships_data)
    root = Unit.objects.filter(kind=UnitKind.DITJENPAS).first()
    if not force and root is not None and root.imported.get(FILES) == digest:
        return None
    load = ReferenceLoad()
    load_institutions(load, institutions_data)
    load_code_lists(load, partnerships_data)
    root = Unit.objects.get(kind=UnitKind.DITJENPAS)
    if root.imported.get(FILES) != digest:
        root.imported[FILES] = digest
        root.record(by=None, reason=REASON)
    return load


def load_code_lists(load: ReferenceLoad, folder: Path = DATA) -> None:
    """The order of the lines is the order in which forms offer them."""
    areas, sectors = count(1), count(1)
    load.load_coded(
        ProgrammeArea,
        folder / "programme_areas.csv",
        lambda line, _: {**columns(line, "group", "label"), "order": next(areas)},
    )
    load.load_coded(
        Sector,
        folder / "sectors.csv",
        lambda line, _: {"label": line["label"], "order": next(sectors)},
    )


def digest_of(*folders: Path) -> str:
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.glob("*.csv")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
