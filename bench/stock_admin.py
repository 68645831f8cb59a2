"""Django's own list with the same columns and rows: what a project gets for nothing."""

from django.contrib import admin
from django.http import HttpRequest

from partnerships.models import Agreement, Partner

ROWS = 50


class OpenSite(admin.AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active)


class Stock(admin.ModelAdmin):
    list_per_page = ROWS

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return True


class PartnerAdmin(Stock):
    list_display = (
        "name",
        "acronym",
        "kind",
        "regency",
        "province",
        "office_phone",
        "recorded_at",
        "active",
    )
    list_filter = ("kind", "province")
    list_select_related = ("regency", "province")
    search_fields = ("name", "acronym")

    @admin.display(description="perjanjian")
    def active(self, partner: Partner) -> int:
        return partner.parties.count()


class AgreementAdmin(Stock):
    list_display = (
        "title",
        "kind",
        "unit",
        "number",
        "signed_on",
        "ends_on",
        "state",
        "evidence",
    )
    list_filter = ("kind", "stage")
    list_select_related = ("unit",)
    search_fields = ("title",)

    def get_queryset(self, request: HttpRequest):  # noqa: ANN201
        return super().get_queryset(request).for_list()

    def number(self, agreement: Agreement) -> str:
        return ", ".join(str(party) for party in agreement.parties.all())

    def state(self, agreement: Agreement) -> str:
        return agreement.status

    def evidence(self, agreement: Agreement) -> str:
        return agreement.evidence


site = OpenSite(name="stock")
site.register(Partner, PartnerAdmin)
site.register(Agreement, AgreementAdmin)
