"""Confirming (確認): a page that shows what will change, asks why, and only then changes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from yakuba.kernel.errors import CannotContinueError
from yakuba.tenancy.acting import NotFoundError
from yakuba.web.components import Form

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from yakuba.web.screens import StaffRequest


@dataclass(frozen=True, slots=True)
class Change:
    """What is about to change.

    Attributes:
        title: the question. lines: what, now, afterwards. button: what the button says. back: where to go instead.
        stop: whether it takes something away (the button is red). reason: whether a reason is asked for.
    """

    title: str
    lines: tuple[tuple[str, str, str], ...]
    button: str
    back: str
    stop: bool = False
    reason: bool = True


class Why(Form):
    """理由, kept in the log."""

    reason = forms.CharField(
        label="理由",
        max_length=200,
        help_text="操作ログに残ります。",
        error_messages={"required": "理由を入力してください"},
    )


def confirmed(
    request: StaffRequest, asked: Change, do: Callable[[str], None], done: str, back: str = ""
) -> HttpResponse:
    """Ask; once there is a reason, do it and go back.

    Args:
        do: called with the reason. done: message afterwards.
    """
    form = Why(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data["reason"])
        except NotFoundError as error:
            raise Http404 from error
        except CannotContinueError as error:
            form.add_error(None, f"{error.message}。{error.remedy}")
        else:
            messages.success(request, done)
            return redirect(back or asked.back)
    return render(request, "admin/confirm.html", {"asked": asked, "form": form})
