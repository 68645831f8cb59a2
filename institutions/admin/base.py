"""What every list and form of the Django admin does: rows by right, saving by the model's verbs."""

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin import ModelAdmin, ShowFacets
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, ProtectedError, QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst

from institutions.admin.choices import ChoosesRows
from institutions.admin.forms import (
    OrderedPartForm,
    PartForm,
    RecordAdminForm,
    VersionedAdminForm,
)
from institutions.admin.ordering import RegisterList
from institutions.forms.base import ReasonForm, RecordForm
from institutions.forms.parts import PartFormSet, row_conflicts, row_differences
from institutions.history import Entry, history_of
from institutions.http import SignedInRequest, atomic_post
from institutions.models import Searchable, Versioned
from institutions.pickers import LONGEST_QUERY
from institutions.templatetags.problems import Problem, problems

# Steps of the date hierarchy and what they may say; anything else does not reach the database.
DATE_STEPS = {"year": (1900, 2100), "month": (1, 12), "day": (1, 31)}
SAVED_TOGETHER = "Catatan lain disimpan pada saat yang sama. Simpan lagi."
STILL_USED = "Catatan ini masih dipakai di catatan lain, jadi tetap tersimpan."


class ScopedAdmin(ChoosesRows, ModelAdmin):
    """Rows come from `rows(user)` alone: lists, forms, history and removal see no others."""

    actions = None
    list_per_page = 50
    show_facets = ShowFacets.NEVER
    show_full_result_count = False
    change_form_template = "admin/record_form.html"
    deletable: ClassVar[bool] = False
    # Relations whose rows belong to the history of this one.
    history_parts: ClassVar[tuple[str, ...]] = ()
    # Read-only once the row exists.
    fixed_fields: ClassVar[tuple[str, ...]] = ()

    def rows(self, user: Any) -> QuerySet[Any]:
        return self.model._default_manager.all()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.rows(request.user)

    def get_urls(self) -> list[Any]:
        # The one without a name takes any address below the list for that of a row.
        return [route for route in super().get_urls() if route.name]

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """The row, locked while a POST changes it; always found by its key."""
        row = super().get_object(request, object_id)
        if row is None or request.method != "POST":
            return row
        return row.locked(row.pk)

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        """Django's own fails on a name that is no column."""
        return to_field == self.opts.pk.name

    def _get_obj_does_not_exist_redirect(self, *args: Any) -> HttpResponse:
        raise Http404

    def view_on_site(self, obj: Any) -> str:
        return str(obj.get_absolute_url())

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return super().get_view_on_site_url(obj) if hasattr(obj, "get_absolute_url") else None

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.readonly_fields, *(self.fixed_fields if obj else ()))

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The index lists what a role works on, not everything it may look at."""
        return self.has_add_permission(request) or self.has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.deletable and super().has_delete_permission(request, obj)

    # Lists

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[RegisterList]:
        return RegisterList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        term = search_term[:LONGEST_QUERY]
        if search := getattr(queryset, "search", None):
            return search(term), False
        return super().get_search_results(request, queryset, term)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only the filters on offer; Django would let anyone compare any column of the row."""
        offered: Any = self.get_list_filter(request) if request else self.list_filter
        if lookup in {item.parameter_name for item in offered}:
            return True
        column, _, step = lookup.rpartition("__")
        if not self.date_hierarchy or column != self.date_hierarchy or step not in DATE_STEPS:
            return False
        low, high = DATE_STEPS[step]
        return value.isdecimal() and len(value) <= 4 and low <= int(value) <= high

    # Forms

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = kwargs.get("form", self.form)
        names = kwargs.pop("fields", None) or flatten_fieldsets(self.get_fieldsets(request, obj))
        fixed = self.get_readonly_fields(request, obj)
        kwargs["fields"] = columns_among(names, form, fixed)
        built: Any = super().get_form(request, obj, change=change, **kwargs)
        built.acting_user = request.user
        built.refused = getattr(request, "refused", None)
        return built

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        # Not from the address: a link decides on no field.
        return {}

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        return {**super().get_formset_kwargs(request, obj, inline, prefix), "user": request.user}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return atomic_post(self.saving)(request, object_id, form_url, extra_context)

    def saving(self, request: HttpRequest, *args: Any) -> HttpResponse:
        """What the model refuses while saving is rolled back and shown on the same form."""
        try:
            return super().changeform_view(request, *args)
        except ValidationError as refused:
            request.refused = refused  # type: ignore[attr-defined]
        except IntegrityError:
            request.refused = ValidationError(SAVED_TOGETHER)  # type: ignore[attr-defined]
        return super().changeform_view(request, *args)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        found = problems(form, formsets) if form.is_bound else []
        # Our summary with links stands in for Django's own line.
        context |= {"errors": None, "problems": [linked(problem) for problem in found]}
        context["conflicts"] = conflicts_in(form, formsets) if form.is_bound else []
        return super().render_change_form(request, context, *args, **kwargs)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> list[Any]:
        # Rows are told by the history; Django's log only says that the form was saved.
        return super().construct_change_message(request, form, [], add)

    # History and removal

    def history_entries(self, row: Any) -> list[Entry]:
        return history_of(row, *self.history_parts)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = super().get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        if row is None:
            raise Http404
        context = self.page_context(request, row, f"Riwayat {self.opts.verbose_name}")
        context["entries"] = self.history_entries(row)
        return TemplateResponse(request, "admin/record_history.html", context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return atomic_post(self.removal)(request, object_id)

    def removal(self, request: SignedInRequest, object_id: str) -> HttpResponse:
        """Ask for the reason, then delete for good; say why where the row has to stay."""
        row = self.get_object(request, unquote(object_id))
        if not self.has_delete_permission(request, row):
            raise PermissionDenied
        if row is None:
            raise Http404
        form = ReasonForm(request.POST if request.method == "POST" else None, user=request.user)
        if form.is_bound and form.is_valid():
            label = str(row)
            try:
                with transaction.atomic():
                    self.log_deletions(request, self.model._base_manager.filter(pk=row.pk))
                    self.delete_for_good(row, by=request.user, reason=form.cleaned_data["reason"])
            except ValidationError as refused:
                form.add_error(None, refused.messages)
            except ProtectedError:
                form.add_error(None, STILL_USED)
            else:
                self.message_user(request, f"“{label}” dihapus selamanya.", messages.SUCCESS)
                return redirect(reverse(f"admin:{self.route}_changelist"))
        context = self.page_context(request, row, f"Hapus {self.opts.verbose_name} selamanya?")
        context |= {"form": form, "obstacle": self.obstacle(row)}
        context["page_url"] = self.get_view_on_site_url(row)
        return TemplateResponse(request, "admin/record_removal.html", context)

    def obstacle(self, row: Any) -> str:
        """Why this row has to stay; blank when it may go."""
        return ""

    def delete_for_good(self, row: Any, *, by: Any, reason: str) -> None:
        row.remove(by=by, reason=reason)

    @property
    def route(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def page_context(self, request: HttpRequest, row: Model, title: str) -> dict[str, Any]:
        request.current_app = self.admin_site.name
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": str(row),
            "object": row,
            "opts": self.opts,
            "preserved_filters": self.get_preserved_filters(request),
            "module_name": str(self.opts.verbose_name_plural).capitalize(),
        }


class RecordAdmin(ScopedAdmin):
    """Rows that are recorded by who, when and why, together with the parts below them."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        if self.form is ModelForm:
            versioned = issubclass(self.model, Versioned)
            self.form = VersionedAdminForm if versioned else RecordAdminForm

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not self.has_change_permission(request, obj):
            return fieldsets
        own = [name for name in ("reason", "version") if name in self.form.declared_fields]
        return [*fieldsets, ("Perubahan ini", {"fields": own})]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        form.record(reason=form.cleaned_data.get("reason", ""))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        for formset in formsets:
            formset.record(reason=form.cleaned_data.get("reason", ""))
        if formsets and isinstance(form.instance, Searchable):
            form.instance.refresh_search_text()
        form.settle()
        in_rows = (text for formset in formsets for row in formset.forms for text in row.warnings)
        for text in dict.fromkeys([*form.warnings, *in_rows]):
            self.message_user(request, text, messages.WARNING)


class NamedFormSet(PartFormSet):
    """Says the name of every field itself: in a table Django's admin gives it no label."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for bound in form:
            widget = getattr(bound.field.widget, "widget", bound.field.widget)
            widget.attrs.setdefault("aria-label", capfirst(bound.label))


class PartInline(ChoosesRows, InlineModelAdmin):
    """Rows below a root, saved with it."""

    form: type[RecordForm] = PartForm
    formset = NamedFormSet
    extra = 1
    view_on_site = False
    template = "admin/edit_inline/tabular.html"

    def rows(self, user: Any) -> QuerySet[Any]:
        return self.model._default_manager.all()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.rows(request.user)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        # One empty row is enough to start with; who has rows already adds by the button.
        return self.extra

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        names = kwargs.pop("fields", None) or flatten_fieldsets(self.get_fieldsets(request, obj))
        fixed = self.get_readonly_fields(request, obj)
        return super().get_formset(
            request, obj, fields=columns_among(names, self.form, fixed), **kwargs
        )


class OrderedFormSet(NamedFormSet):
    """New rows are numbered on; rows added by the button come after all of them."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if form.instance._state.adding:
            form.initial["order"] = (self.total_form_count() if index is None else index) + 1


class OrderedPartInline(PartInline):
    """Rows whose order means something."""

    form = OrderedPartForm
    formset = OrderedFormSet


class StackedPartInline(PartInline):
    """Rows with more fields than a table holds."""

    template = "admin/edit_inline/stacked.html"


def columns_among(names: Any, form: Any, fixed: Any) -> tuple[str, ...]:
    """The model's own columns: without fields the form declares and those shown read-only."""
    return tuple(n for n in names if n not in form.declared_fields and n not in fixed)


def conflicts_in(form: Any, formsets: list[Any]) -> list[dict[str, str]]:
    """What somebody else saved while the form was open, in the row and in its parts."""
    found = list(getattr(form, "conflicts", ()))
    stale = bool(found) or form.has_error(NON_FIELD_ERRORS, "conflict")
    for formset in formsets:
        found += row_differences(formset) if stale else row_conflicts(formset)
    return found


def linked(problem: Problem) -> Problem:
    """The same problem, pointing at the ids that Django's templates give rows and tables."""
    target = problem.target.removesuffix("-galat")
    if target.endswith("-judul"):
        target = f"{target.removesuffix('-judul')}-group"
    return problem._replace(target=target)
