"""Departments (部署): the list, and one more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from yakuba.kernel.errors import UsageError
from yakuba.tenancy import queries, services
from yakuba.tenancy.rights import Action
from yakuba.web.components import Cell, Column, Form, Row, Table
from yakuba.web.screens import StaffRequest, screen

if TYPE_CHECKING:
    from django.http import HttpResponse


class New(Form):
    """A department."""

    name = forms.CharField(label="部署の名称", max_length=60)


@screen(Action.RIGHTS, methods=("GET", "POST"))
def index(request: StaffRequest) -> HttpResponse:
    """部署の一覧と追加."""
    form = New(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_department(request.actor, form.cleaned_data["name"])
        except UsageError as error:
            form.add_error("name", f"{error.message}。{error.remedy}")
        else:
            messages.success(request, f"{form.cleaned_data['name']}を加えました。")
            return redirect("admin:departments")
    place = reverse("admin:staff")
    rows = [
        Row((Cell(one.name, f"{place}?department={one.name}"), f"{one.staff:,}"))
        for one in queries.departments(request.actor)
    ]
    table = Table(
        "部署", ("部署", Column("利用できる職員", "n")), rows, quiet=True, walk=True, empty="まだありません。"
    )
    return render(request, "admin/departments.html", {"table": table, "form": form})
