"""Whether a workbook is one that Excel opens without repairing it, told from its parts alone.

What Excel stops at: XML that is not well formed, parts nobody names or that are named and missing,
cells out of order or of a style that is not there. And what ours never hold: formulas, links to
other files, macros.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/%s}"
CELL = re.compile("([A-Z]{1,3})([1-9][0-9]*)")
# Sheets of our workbooks hold texts, numbers and nothing else.
KNOWN_TYPES = {"inlineStr", "n"}


def faults_of(workbook: bytes) -> list[str]:
    """What is wrong with it; empty when nothing is."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as file:
        found = [f"{name} is damaged" for name in [file.testzip()] if name]
        names = file.namelist()
        trees = {name: ElementTree.fromstring(file.read(name)) for name in names}
    found += [f"{name} is there twice" for name in {*names} if names.count(name) > 1]
    found += [*faults_of_types(trees), *faults_of_links(trees)]
    styles = trees["xl/styles.xml"].find(f"{MAIN}cellXfs")
    number_of_styles = 0 if styles is None else len(styles)
    for name, tree in trees.items():
        if name.startswith("xl/worksheets/"):
            found += [f"{name}: {fault}" for fault in faults_of_sheet(tree, number_of_styles)]
    return found


def faults_of_types(trees: dict[str, ElementTree.Element]) -> Iterator[str]:
    types, space = trees["[Content_Types].xml"], PACKAGE % "content-types"
    named = {each.get("PartName", "").lstrip("/") for each in types.iter(f"{space}Override")}
    by_ending = {each.get("Extension", "") for each in types.iter(f"{space}Default")}
    yield from (f"{name} is named and missing" for name in named - trees.keys())
    for name in trees.keys() - named - {"[Content_Types].xml"}:
        if name.rpartition(".")[2] not in by_ending or not name.endswith(".rels"):
            yield f"{name} has no content type"
    for each in types:
        if re.search("macro|vba|external|oleObject", each.get("ContentType", "")):
            yield f"{each.get('PartName')} is no table"


def faults_of_links(trees: dict[str, ElementTree.Element]) -> Iterator[str]:
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for link in tree.iter(PACKAGE % "relationships" + "Relationship"):
            target = link.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            if link.get("TargetMode") == "External" or path.lstrip("/") not in trees:
                yield f"{name} leads to {target}"


def faults_of_sheet(tree: ElementTree.Element, styles: int) -> Iterator[str]:
    last_row = 0
    for row in tree.iter(f"{MAIN}row"):
        number, last_column = int(row.get("r", "0")), (0, "")
        if number <= last_row:
            yield f"row {number} comes after {last_row}"
        last_row = number
        for cell in row:
            place = cell.get("r", "")
            at = CELL.fullmatch(place)
            column = (len(at[1]), at[1]) if at else (0, "")
            if at is None or int(at[2]) != number or column <= last_column:
                yield f"cell {place} stands in the wrong place"
            last_column = column
            if cell.get("t", "n") not in KNOWN_TYPES or cell.find(f"{MAIN}f") is not None:
                yield f"cell {place} is no text, number or day"
            if int(cell.get("s", "0")) >= styles:
                yield f"cell {place} has an unknown style"
    if tree.find(f"{MAIN}hyperlinks") is not None:
        yield "has links"
