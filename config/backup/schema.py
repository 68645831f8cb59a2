"""Which state of migration a database is in, and the models as they were in that state."""

from collections.abc import Iterable
from typing import Any

from django.db import connections
from django.db.migrations.exceptions import InvalidMigrationPlan
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from config.backup.refusals import Refused

Node = tuple[str, str]


def applied_migrations(alias: str) -> list[Node]:
    """Those applied that this version of the register knows."""
    loader = MigrationLoader(connections[alias])
    return sorted(node for node in loader.applied_migrations if node in loader.graph.nodes)


def models_at(nodes: list[Node], alias: str) -> Any:
    """The registry of models as the migrations left them; reads and writes that schema exactly."""
    return MigrationLoader(connections[alias]).project_state(nodes).apps


def unknown_migrations(nodes: Iterable[Node], alias: str) -> list[Node]:
    known = MigrationLoader(connections[alias]).graph.nodes
    return [node for node in nodes if node not in known]


def bring_to(nodes: list[Node], alias: str) -> None:
    """Migrate an empty database, forwards or backwards, until exactly these are applied."""
    executor = MigrationExecutor(connections[alias])
    children = {node: executor.loader.graph.node_map[node].children for node in nodes}
    last = [
        node
        for node in nodes
        if not any(child[0] == node[0] and child.key in children for child in children[node])
    ]
    try:
        executor.migrate(last)
    except InvalidMigrationPlan as error:
        raise Refused(
            "Basis data tujuan berada di antara dua versi. Kosongkan basis data itu sama sekali,"
            " lalu ulangi."
        ) from error
