"""The form on one's own reminders."""

from typing import Any

from django import forms

from institutions.forms.base import PlainForm
from partnerships.models import LEADS, ReminderChoice


class ReminderChoiceForm(PlainForm, forms.ModelForm):
    """What the user is reminded of; the row is the user's own whatever is sent."""

    instance: ReminderChoice

    leads = forms.TypedMultipleChoiceField(
        label="Perjanjian yang akan berakhir",
        required=False,
        coerce=int,
        choices=[(lead, f"{lead} hari sebelumnya") for lead in LEADS],
        widget=forms.CheckboxSelectMultiple,
        help_text=(
            "Tanpa pilihan, Anda tidak diingatkan tentang perjanjian yang akan berakhir. Yang sudah"
            " diperpanjang atau diakhiri tidak diingatkan."
        ),
    )

    class Meta:
        model = ReminderChoice
        fields = ["idle", "promises", "by_mail"]
        labels = {
            "idle": "Ingatkan tentang perjanjian yang belum berjalan",
            "promises": "Ingatkan tentang tindak lanjut yang jatuh tempo",
            "by_mail": "Kirim juga lewat surel",
        }
        help_texts = {
            "idle": "Sekali, 90 hari sesudah ditandatangani, bila belum ada realisasi.",
            "promises": "Pada hari jatuh temponya.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["leads"] = list(self.instance.leads)
        self.fields["by_mail"].help_text = (
            f"Paling banyak satu surel sehari, ke {self.user.email}."
            if self.user.email
            else "Akun Anda belum punya surel. Pengelola akun Anda dapat menambahkannya."
        )

    def saved(self) -> bool:
        if not self.is_valid():
            return False
        chosen = self.cleaned_data["leads"]
        for lead in LEADS:
            setattr(self.instance, f"days_{lead}", lead in chosen)
        self.instance.keep()
        return True
