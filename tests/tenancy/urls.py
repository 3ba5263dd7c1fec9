"""The addresses of sign-in, and views that ask who is there and try to look over the wall."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from yakuba.tenancy.audit import record
from yakuba.tenancy.models import AuditEntry, Department, Staff
from yakuba.tenancy.rights import Action
from yakuba.tenancy.services import stop_staff
from yakuba.tenancy.signin.middleware import actor_in


def who(request: HttpRequest) -> JsonResponse:
    actor = actor_in(request)
    seen = list(Staff.objects.order_by("login").values_list("login", flat=True))
    may = actor.may(Action.VIEW, "juminkihondaicho")
    return JsonResponse(
        {"login": actor.login, "town": actor.municipality, "place": actor.department, "may": may, "staff": seen}
    )


def department(request: HttpRequest, pk: int) -> HttpResponse:
    del request
    return HttpResponse(get_object_or_404(Department, pk=pk).name)


def forbidden(request: HttpRequest) -> HttpResponse:
    actor_in(request).must(Action.MIGRATE)
    return HttpResponse("yes")


def missing(request: HttpRequest, pk: int) -> HttpResponse:
    stop_staff(actor_in(request), pk, "試験")
    return HttpResponse("stopped")


@csrf_exempt
def half_done(request: HttpRequest) -> HttpResponse:
    actor = actor_in(request)
    Department.objects.create(municipality_id=actor.municipality, name="半分")
    record(actor, place="試験", action="half")
    raise RuntimeError("stop")


@login_not_required
def outside(request: HttpRequest) -> HttpResponse:
    counts = [model._default_manager.count() for model in (Staff, Department, AuditEntry)]
    return JsonResponse({"actor": request.actor, "rows": counts})  # type: ignore[attr-defined]


urlpatterns = [
    path("probe/who/", who),
    path("probe/departments/<int:pk>/", department),
    path("probe/half/", half_done),
    path("probe/forbidden/", forbidden),
    path("probe/staff/<int:pk>/stop/", missing),
    path("probe/outside/", outside),
    path("accounts/", include("yakuba.tenancy.signin.urls")),
    path("", who, name="home"),
]
