"""Pengingat: the user's own notices, and what the user wants to be reminded of."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indonesian.numbers import format_number
from institutions.http import SignedInRequest, atomic_post, finish
from institutions.lists import page_of
from partnerships.forms.reminders import ReminderChoiceForm
from partnerships.models import Notice, ReminderChoice
from partnerships.reminder_lines import lines_of


@require_safe
@permission_required("partnerships.view_agreement", raise_exception=True)
def notice_list(request: SignedInRequest) -> HttpResponse:
    user = request.user
    page = page_of(request, Notice.objects.shown_to(user).in_order())
    lines = lines_of(list(page), user, timezone.localdate())
    has_unread = any(line.notice.read_at is None for line in lines)
    context = {"page_obj": page, "lines": lines, "has_unread": has_unread}
    return render(request, "partnerships/notice_list.html", context)


@require_POST
@permission_required("partnerships.view_agreement", raise_exception=True)
@atomic_post
def notice_read(request: SignedInRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice.objects.shown_to(request.user), pk=pk)
    Notice.objects.filter(pk=notice.pk).mark_read()
    return finish(request, "notice_list", "Pengingat ditandai sudah dibaca.")


@require_POST
@permission_required("partnerships.view_agreement", raise_exception=True)
@atomic_post
def notice_read_all(request: SignedInRequest) -> HttpResponse:
    number = Notice.objects.shown_to(request.user).mark_read()
    text = f"{format_number(number)} pengingat ditandai sudah dibaca."
    return finish(request, "notice_list", text if number else "Semua pengingat sudah dibaca.")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("partnerships.view_agreement", raise_exception=True)
@atomic_post
def reminder_choice(request: SignedInRequest) -> HttpResponse:
    choice = ReminderChoice.objects.of(request.user)
    data = request.POST if request.method == "POST" else None
    form = ReminderChoiceForm(data, instance=choice, user=request.user)
    if form.saved():
        return finish(request, "notice_list", "Pilihan pengingat tersimpan.")
    return render(request, "partnerships/reminder_choice.html", {"form": form})
