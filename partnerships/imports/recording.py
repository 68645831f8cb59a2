"""The lines that are ready become agreements, with partners that are new, all or none."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from indonesian.names import search_text
from institutions.many_rows import record_new
from institutions.models import Regency, Unit, User
from partnerships.imports.checking import Judged
from partnerships.imports.headings import Column
from partnerships.models import Agreement, AgreementArea, Partner, Party

CHUNK = 500
OWN_SIDE = 1


@dataclass
class Recorder:
    by: User
    reason: str
    # Takes how many of how many lines are recorded.
    tell: Callable[[int, int], None] = lambda done, total: None
    # Keys of the partners that were made, by how the lines call them.
    made: dict[str, int] = field(default_factory=dict)
    # What a partner or a unit is found by: keys p12 and u34.
    names: dict[str, list[tuple[str | None, ...]]] = field(default_factory=dict)

    def record(self, ready: Sequence[Judged]) -> int:
        """Runs in the transaction of whoever judged the lines, which holds their units."""
        self.tell(0, len(ready))
        self.record_partners(ready)
        for first in range(0, len(ready), CHUNK):
            self.record_papers(ready[first : first + CHUNK])
            self.tell(min(first + CHUNK, len(ready)), len(ready))
        return len(ready)

    def record_partners(self, ready: Sequence[Judged]) -> None:
        wanted = {side.ref: side.new for each in ready for side in each.sides if side.new}
        regencies = Regency.objects.select_related("province").in_bulk(
            [new.regency for new in wanted.values() if new.regency]
        )
        refs, rows = list(wanted), []
        for new in wanted.values():
            partner = Partner(name=new.name, kind=new.kind)
            if new.regency:
                partner.regency = regencies[new.regency]
                partner.province = partner.regency.province
            partner.search_text = search_text(*filter(None, [new.name, str(partner.region or "")]))
            rows.append(partner)
        for chunk in chunks(rows):
            record_new(chunk, by=self.by, reason=self.reason)
        self.made = {ref: row.pk for ref, row in zip(refs, rows, strict=True)}

    def record_papers(self, ready: Sequence[Judged]) -> None:
        units = self.read_names(ready)
        papers: list[Agreement] = []
        parties: list[Party] = []
        links: list[AgreementArea] = []
        for each in ready:
            columns = each.paper.columns | {"kind": each.paper.kind}
            paper = Agreement(unit=units[each.unit_key], **columns)
            sides = list(self.parties_of(each, paper))
            told = [(party.number, *names) for party in sides for names in self.names_of(party)]
            paper.search_text = search_text(*filter(None, paper.search_parts_with(told)))
            papers.append(paper)
            parties += sides
            links += [AgreementArea(agreement=paper, area_id=area) for area in each.areas]
        record_new(papers, by=self.by, reason=self.reason)
        for rows in (parties, links):
            for row in rows:
                row.agreement_id = row.agreement.pk
            record_new(rows, by=self.by, reason=self.reason)

    def parties_of(self, each: Judged, paper: Agreement) -> Iterator[Party]:
        line, (ours, theirs) = each.paper.line, each.numbers
        yield Party(
            agreement=paper,
            order=OWN_SIDE,
            unit_id=paper.unit_id,
            number=ours,
            signatory_name=line.text(Column.OUR_SIGNATORY),
        )
        signatory = line.text(Column.THEIR_SIGNATORY)
        for place, side in enumerate(each.sides):
            ref = f"p{self.made[side.ref]}" if side.new else side.ref
            yield Party(
                agreement=paper,
                order=OWN_SIDE + 1 + place,
                unit_id=int(ref[1:]) if ref[0] == "u" else None,
                partner_id=int(ref[1:]) if ref[0] == "p" else None,
                number=theirs[place] if place < len(theirs) else "",
                signatory_name="" if place else signatory,
            )

    def names_of(self, party: Party) -> list[tuple[str | None, ...]]:
        ref = f"u{party.unit_id}" if party.unit_id else f"p{party.partner_id}"
        return self.names[ref]

    def read_names(self, ready: Sequence[Judged]) -> dict[int, Unit]:
        """The units of the lines; and of them and of every side what it is found by."""
        refs = {f"p{self.made[s.ref]}" if s.new else s.ref for each in ready for s in each.sides}
        refs |= {f"u{each.unit_key}" for each in ready}
        keys: dict[str, list[int]] = {"u": [], "p": []}
        for ref in refs - self.names.keys():
            keys[ref[0]].append(int(ref[1:]))
        columns = ("pk", "name", "acronym", "names__name")
        partners = Partner.objects.filter(pk__in=keys["p"]).order_by("pk", "names__pk")
        for pk, *names in partners.values_list(*columns):
            self.names.setdefault(f"p{pk}", []).append((None, None, *names))
        wanted = [int(ref[1:]) for ref in refs if ref[0] == "u"]
        units: dict[int, Unit] = Unit.objects.in_bulk(wanted)
        for pk, unit in units.items():
            self.names[f"u{pk}"] = [(unit.name, unit.short_name, None, None, None)]
        return units


def chunks(rows: list[Any]) -> Iterator[list[Any]]:
    yield from (rows[first : first + CHUNK] for first in range(0, len(rows), CHUNK))
