from django.db import migrations, models
from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

FORGOTTEN = "Tidak diketahui lagi: versi yang lama pernah dipasang kembali"


def know_what_was_erased(apps, schema_editor):
    """Taking 0009 back forgets when a file was erased and why; its removal still tells it.

    Unless 0008 was taken back too. Not by whom, in one statement and in a migration by itself:
    PostgreSQL adds no rule to a table while it has foreign keys to check.
    """
    day = Coalesce("archived_on", Value(timezone.localdate()))
    reason = Coalesce(NullIf("archive_reason", Value("")), Value(FORGOTTEN))
    apps.get_model("partnerships", "Document").objects.filter(file="").update(
        archived_on=day, erased_on=day, archive_reason=reason, erase_reason=reason
    )


class Migration(migrations.Migration):

    dependencies = [
        ('partnerships', '0009_erased_documents'),
    ]

    operations = [
        migrations.RunPython(know_what_was_erased, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('erase_reason', ''), ('erased_on__isnull', True), models.Q(('file', ''), _negated=True)), models.Q(('archived_on__isnull', False), ('erased_on__isnull', False), ('file', ''), models.Q(('erase_reason', ''), _negated=True)), _connector='OR'), name='document_erased_has_no_file', violation_error_message='Hanya berkas yang dihapus selamanya, dengan alasannya, tidak punya isi.'),
        ),
    ]
