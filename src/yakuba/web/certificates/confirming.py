"""One page for what is confirmed with a reason: what it is about, the form, the button, the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.shortcuts import render

from yakuba.web.components import Form

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from yakuba.web.components import Items


class Why(Form):
    """A reason."""

    reason = forms.CharField(
        label="理由",
        max_length=200,
        help_text="操作ログに残ります。",
        widget=forms.TextInput({"autofocus": True, "autocomplete": "off"}),
        error_messages={"required": "理由を入力してください"},
    )


def confirm(
    request: HttpRequest, title: str, about: Items, form: Form, button: str, back: str, *, stop: bool = False
) -> HttpResponse:
    """Ask. stop: the button takes something away."""
    shown = {"title": title, "about": about, "form": form, "button": button, "back": back, "stop": stop}
    return render(request, "certificates/confirm.html", shown)
