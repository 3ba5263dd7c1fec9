"""証明書の設定: who certifies, how the paper looks, its words, the 公印; and whether what runs is what was approved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from yakuba.certificates.kinds import kinds
from yakuba.issuance import queries, services
from yakuba.issuance.settings import Certifier, Content
from yakuba.issuance.terms import terms
from yakuba.kernel.errors import UsageError
from yakuba.tenancy import queries as tenancy
from yakuba.tenancy.rights import Action
from yakuba.web.admin.staffing import Day
from yakuba.web.components import Column, Form, Item, Items, Notice, Row, Table
from yakuba.web.screens import StaffRequest, screen
from yakuba.web.words import date_and_time

if TYPE_CHECKING:
    from yakuba.issuance.approving import Standing


class Setting(Form):
    """All settings but the fees; the 公印 stays when no file is chosen."""

    title = forms.CharField(label="認証者の職", max_length=60, help_text="例：見本町長")
    name = forms.CharField(label="認証者の氏名", max_length=60)
    deputy_title = forms.CharField(label="職務代理者の職", max_length=60, required=False)
    deputy_name = forms.CharField(label="職務代理者の氏名", max_length=60, required=False)
    deputy_first = forms.DateField(label="職務代理のはじまり", widget=Day, required=False)
    deputy_last = forms.DateField(label="職務代理のおわり", widget=Day, required=False)
    seal = forms.FileField(label="公印の画像（PNG・SVG）", required=False, help_text="選ばなければ、今のままです。")
    copy_guard = forms.BooleanField(label="地紋（けん制文字）を印字する", required=False)
    background = forms.BooleanField(label="背景の模様を印字する", required=False)
    scramble = forms.BooleanField(label="うら面の模様を印字する", required=False)
    offered = forms.MultipleChoiceField(label="交付する証明書", widget=forms.CheckboxSelectMultiple, required=False)
    verify = forms.URLField(
        label="真正性を確かめるページ", required=False, assume_scheme="https",
        help_text="証明書の二次元コードが開くアドレス。この役場の /V です。",
    )  # fmt: skip
    reason = forms.CharField(label="変更の理由", max_length=200, error_messages={"required": "理由を入力してください"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = sorted(kinds().values(), key=lambda one: terms(one.identifier).order)
        offered = self.fields["offered"]
        assert isinstance(offered, forms.MultipleChoiceField)
        offered.choices = [(one.identifier, one.label) for one in every]
        for one in every:
            for variant, text in one.statements.items():
                self.fields[f"statement_{_key(one.identifier, variant)}"] = forms.CharField(
                    label=f"認証文　{one.label}{_VARIANTS.get(variant, '')}", max_length=200, required=False,
                    help_text=f"空欄なら「{text}」",
                )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A deputy has both a title and a name, and days in their order."""
        said = super().clean() or {}
        if bool(said.get("deputy_title")) != bool(said.get("deputy_name")):
            self.add_error("deputy_name", "職務代理者は、職と氏名の両方を入力してください")
        first, last = said.get("deputy_first"), said.get("deputy_last")
        if first and last and last < first:
            self.add_error("deputy_last", "はじまりより後の日にしてください")
        return said

    def content(self, before: Content) -> Content:
        """The settings that the form says, on the ground of those before."""
        said = self.cleaned_data
        deputy: tuple[Certifier, ...] = ()
        if said["deputy_title"]:
            days = (str(said[name] or "") for name in ("deputy_first", "deputy_last"))
            deputy = (Certifier(said["deputy_title"], said["deputy_name"], *days),)
        statements = {
            name.removeprefix("statement_").replace("__", "."): text
            for name, text in said.items()
            if name.startswith("statement_") and text
        }
        return replace(
            before, certifiers=(*deputy, Certifier(said["title"], said["name"])), copy_guard=said["copy_guard"],
            background=said["background"], scramble=said["scramble"], offered=tuple(said["offered"]),
            verify=said["verify"], statements=statements,
        )  # fmt: skip


_VARIANTS = {"all": "（全員）", "part": "（一部）"}


def _key(kind: str, variant: str) -> str:
    """Key of a wording: the kind, or kind.variant; a field's name has no point."""
    return kind if variant == "text" else f"{kind}__{variant}"


@screen(Action.CERTIFICATES)
def index(request: StaffRequest) -> HttpResponse:
    """What holds, and whether it is approved."""
    content, seal_bytes = queries.settings(request.actor)
    standing, by, at = queries.approval(request.actor)
    shown = {
        "notice": _notice(standing, content),
        "items": Items(list(_items(content))) if content else None,
        "has_seal": bool(seal_bytes),
        "approved": f"{by}　{date_and_time(timezone.localtime(at))}" if at else "",
        "parts": Table(
            "承認するもの", ("部分", Column("ダイジェスト"), "承認との違い"),
            [Row((name, digest[:16], "違う" if name in standing.differences else "同じ"))
             for name, digest in standing.parts.items()],
            quiet=True,
        ),
        "stopped": queries.waiting(request.actor).stopped,
    }  # fmt: skip
    return render(request, "certificates/setting.html", shown)


@screen(Action.CERTIFICATES, methods=("GET", "POST"))
def change(request: StaffRequest) -> HttpResponse:
    """Change the settings."""
    before, _ = queries.settings(request.actor)
    form = Setting(request.POST, request.FILES) if request.method == "POST" else Setting(initial=_said(request, before))
    if request.method == "POST" and form.is_valid():
        try:
            services.set_content(
                request.actor, form.content(before or _blank(request)), _file(form), form.cleaned_data["reason"]
            )
        except UsageError as error:
            form.add_error(None, f"{error.message}。{error.remedy}")
        else:
            messages.success(request, "設定を変えました。承認するまで、証明書は交付できません。")
            return redirect("certificates:setting")
    return render(request, "certificates/change.html", {"form": form})


@screen(Action.CERTIFICATES)
def seal(request: StaffRequest) -> HttpResponse:
    """The 公印, to be looked at."""
    _, data = queries.settings(request.actor)
    if not data:
        raise Http404
    kind = "image/png" if data.startswith(b"\x89PNG") else "image/svg+xml"
    answer = HttpResponse(data, content_type=kind)
    # A picture that somebody uploaded runs nothing, whatever is in it.
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _file(form: Setting) -> bytes | None:
    given = form.cleaned_data["seal"]
    return given.read() if isinstance(given, UploadedFile) else None


def _blank(request: StaffRequest) -> Content:
    here = next(one for one in tenancy.municipalities() if one.code == request.actor.municipality)
    return Content(here.name, here.prefecture, (), offered=("juminhyo",))


def _said(request: StaffRequest, before: Content | None) -> dict[str, Any]:
    """The form as things stand."""
    now = before or _blank(request)
    mayor = now.certifiers[-1] if now.certifiers else Certifier(f"{now.municipality}長", "")
    deputy = now.certifiers[0] if len(now.certifiers) > 1 else Certifier("", "")
    here = request.build_absolute_uri(reverse("verify:ask")).rstrip("/")
    return {
        "title": mayor.title, "name": mayor.name, "deputy_title": deputy.title, "deputy_name": deputy.name,
        "deputy_first": deputy.first, "deputy_last": deputy.last, "copy_guard": now.copy_guard,
        "background": now.background, "scramble": now.scramble, "offered": list(now.offered),
        "verify": now.verify or here,
        **{f"statement_{name.replace('.', '__')}": text for name, text in now.statements.items()},
    }  # fmt: skip


def _notice(standing: Standing, content: Content | None) -> Notice:
    if content is None:
        return Notice("証明書の設定がまだありません", "認証者などを入力し、手数料を定めて、承認してください。", "warn")
    if standing.approved:
        return Notice(
            "承認した設定のとおりに動いています", "設定・手数料・様式のすべてが、承認と一致しています。", "ok"
        )
    what = "、".join(standing.differences)
    return Notice("承認と違うものがあります", f"{what}。承認するまで、証明書は交付できません。", "stop")


def _items(content: Content) -> list[Item]:
    labels = {name: one.label for name, one in kinds().items()}
    certifiers = "、".join(
        f"{one.title} {one.name}" + (f"（{one.first or '…'}～{one.last or '…'}）" if one.first or one.last else "")
        for one in content.certifiers
    )
    looks = (("地紋", content.copy_guard), ("背景", content.background), ("うら面", content.scramble))
    return [
        Item("認証者", f"{content.prefecture}{certifiers}", name=True, wide=True),
        Item("交付する証明書", "、".join(labels.get(one, one) for one in content.offered), wide=True),
        Item("体裁", "、".join(name for name, on in looks if on) or "なし"),
        Item("確かめるページ", content.verify or "なし", wide=True),
        *(Item(f"認証文 {name}", text, wide=True) for name, text in content.statements.items()),
    ]
