"""Seals on every row of history; triggers that refuse to change or remove one."""

from django.db import migrations

from institutions.sealing import AddSeals, sealing


class Migration(migrations.Migration):

    dependencies = [
        ('partnerships', '0002_search_indexes'),
        ('institutions', '0005_sealed_history'),
    ]

    operations = [
        AddSeals(),
        sealing("partnerships"),
    ]
