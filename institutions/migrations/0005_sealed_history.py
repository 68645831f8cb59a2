"""Seals on every row of history; triggers that refuse to change or remove one."""

from django.db import migrations, models

from institutions.sealing import AddSeals, sealing


class Migration(migrations.Migration):

    dependencies = [
        ('institutions', '0004_account_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoryCheckpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken_at', models.DateTimeField(verbose_name='diambil pada')),
                ('tables', models.JSONField(verbose_name='isi')),
                ('seal', models.CharField(max_length=64, verbose_name='segel')),
            ],
            options={
                'verbose_name': 'titik periksa riwayat',
                'verbose_name_plural': 'titik periksa riwayat',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SealForm',
            fields=[
                ('code', models.CharField(max_length=12, primary_key=True, serialize=False)),
                ('columns', models.JSONField()),
            ],
            options={
                'verbose_name': 'bentuk segel',
                'verbose_name_plural': 'bentuk segel',
            },
        ),
        AddSeals(),
        sealing("institutions"),
    ]
