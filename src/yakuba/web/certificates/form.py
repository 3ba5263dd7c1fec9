"""The form of an application (請求): who is on the paper, what it says, who asks, what the clerk has made sure of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from yakuba.certificates.fields import FOREIGN, JAPANESE
from yakuba.issuance.application import Requester, Role, documents, exemptions
from yakuba.issuance.services.asking import DERIVED
from yakuba.issuance.services.issuing import MOST_COPIES
from yakuba.issuance.terms import Need, terms
from yakuba.web.components import Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yakuba.certificates.fields import Choice
    from yakuba.certificates.kinds import Kind
    from yakuba.issuance.services import Prepared
    from yakuba.registry.queries.certificate_record import Holder

YEAR = "year"
_USUAL = "mynumber_card"
_NOT_HERE = {"certificate"}
"""Proofs that only a kiosk takes."""
_FOREIGN_KIND = "2"
_JUNE = 6
_YEARS = 5
"""年度 that are offered: the present one and those before."""


class Application(Form):
    """One application for one kind; what the kind does not need is not asked."""

    request = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": "画面を開き直してください"})
    role = forms.ChoiceField(label="請求者", choices=[(one.value, one.label) for one in Role], widget=forms.RadioSelect)
    documents = forms.MultipleChoiceField(
        label="本人確認書類",
        choices=[
            (one.code, f"{one.label}（{'1点' if one.points > 1 else '2点必要'}）")
            for one in documents().values()
            if one.code not in _NOT_HERE
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    name = forms.CharField(label="請求者の氏名・名称", max_length=100, required=False)
    address = forms.CharField(label="請求者の住所", max_length=200, required=False)
    mandate = forms.BooleanField(label="委任状を確認した", required=False)
    purpose = forms.CharField(label="使用目的・提出先", max_length=200, required=False)
    evidence = forms.CharField(label="疎明資料（契約書など）", max_length=200, required=False)
    card = forms.CharField(label="印鑑登録証の番号", max_length=20, required=False)
    copies = forms.IntegerField(label="部数", min_value=1, max_value=MOST_COPIES, required=False)
    exemption = forms.ChoiceField(
        label="手数料の免除", choices=[("", "免除しない"), *exemptions().items()], required=False
    )

    def __init__(self, kind: Kind, said: Mapping[str, Any]) -> None:
        super().__init__(said)
        self.kind = kind
        asked = terms(kind.identifier).roles
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [(one.value, one.label) for one in Role if one.value in asked]
        needs = {need for each in asked.values() for need in each}
        for need, field in ((Need.MANDATE, "mandate"), (Need.EVIDENCE, "evidence"), (Need.CARD, "card")):
            if need not in needs:
                del self.fields[field]
        if kind.subject == "household":
            self.fields["members"] = _Members(label="記載する人", widget=forms.CheckboxSelectMultiple, required=False)
        own = [one for one in kind.choices if one.identifier not in DERIVED]
        for choice in own:
            if choice.values:
                self.fields[f"choice_{choice.identifier}"] = _field(choice)
        self.ticked = [(one.identifier, one.label) for one in own if not one.values]
        if self.ticked:
            self.fields["items"] = forms.MultipleChoiceField(
                label="記載事項", choices=self.ticked, widget=forms.CheckboxSelectMultiple, required=False
            )

    def show(self, home: tuple[Holder, ...]) -> None:
        """List the people who can be chosen; somebody who lives alone is not asked."""
        field = self.fields.get("members")
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(one.addressee, f"{one.name or '（氏名なし）'}　{one.relation}") for one in home]
            if len(home) <= 1:
                del self.fields["members"]
        items = self.fields.get("items")
        if isinstance(items, forms.MultipleChoiceField):
            # Nobody is asked about 在留資格 of a Japanese household.
            there = {FOREIGN if one.kind == _FOREIGN_KIND else JAPANESE for one in home}
            strange = {each.choice for each in self.kind.fields if each.who and each.who not in there}
            fitting = {each.choice for each in self.kind.fields if not each.who or each.who in there}
            items.choices = [(name, label) for name, label in self.ticked if name not in strange - fitting]

    def sections(self) -> Iterator[tuple[str, list[forms.BoundField], bool]]:
        """The fields in the order of the hand: title, fields, whether the section is folded away at first."""
        asking = ("name", "address", "mandate", "purpose", "evidence")
        yield (
            "記載する人と事項",
            [one for one in self if one.name in ("members", "items", "copies") or one.name.startswith("choice_")],
            False,
        )
        yield "請求者と本人確認", [one for one in self if one.name in ("role", "documents", "card")], False
        yield "代理人・第三者・公用のとき、目的が要るとき", [one for one in self if one.name in asking], True
        yield "手数料", [one for one in self if one.name == "exemption"], True

    def requester(self) -> Requester:
        """Who asks, as the form says; empty before it is valid."""
        said = getattr(self, "cleaned_data", {})
        texts = {name: str(said.get(name, "")).strip() for name in ("role", "name", "address", "purpose", "evidence",
                 "card", "exemption")}  # fmt: skip
        return Requester(documents=tuple(said.get("documents", ())), mandate=bool(said.get("mandate")), **texts)

    def copies_wanted(self) -> int:
        """部数; nothing said is one."""
        return getattr(self, "cleaned_data", {}).get("copies") or 1

    def members(self, subject: str) -> tuple[str, ...]:
        """宛名番号 on the paper."""
        return tuple(getattr(self, "cleaned_data", {}).get("members", ())) or (subject,)

    def choices(self) -> dict[str, bool | str]:
        """What was chosen."""
        said = getattr(self, "cleaned_data", {})
        found = {name.removeprefix("choice_"): value for name, value in said.items() if name.startswith("choice_")}
        return found | {name: name in said.get("items", ()) for name, _ in self.ticked}


class _Members(forms.MultipleChoiceField):
    """People of the household; whether they are is for the rules of the issue to say."""

    def valid_value(self, value: object) -> bool:
        """Any number."""
        return bool(value)


def first(kind: Kind, subject: str) -> dict[str, Any]:
    """What the form holds before anybody has touched it: the person alone, asking with the 個人番号カード."""
    said: dict[str, Any] = {
        "request": str(uuid4()), "role": Role.SELF.value, "documents": [_USUAL], "members": [subject], "copies": 1,
    }  # fmt: skip
    said["items"] = [one.identifier for one in kind.choices if one.default is True]
    for choice in kind.choices:
        if choice.values:
            said[f"choice_{choice.identifier}"] = year_now() if choice.identifier == YEAR else choice.default
    return said


def asked_in(prepared: Prepared) -> dict[str, list[str]]:
    """Members and choices of an application as an address says them; nothing else of it goes into an address."""
    chosen = [
        name if value is True else f"{name}:{value}" for name, value in prepared.application.choices.items() if value
    ]
    return {"kind": [prepared.kind.identifier], "member": list(prepared.application.members), "choice": chosen}


def year_now() -> str:
    """年度 of tax whose papers are given now: the new one from June on."""
    today = timezone.localdate()
    return str(today.year if today.month >= _JUNE else today.year - 1)


def _field(choice: Choice) -> forms.Field:
    if choice.identifier == YEAR:
        newest = int(year_now())
        years = [(str(year), f"{year}年度") for year in range(newest, newest - _YEARS, -1)]
        return forms.ChoiceField(label=choice.label, choices=years)
    if choice.values == ("*",):
        return forms.CharField(label=choice.label, max_length=40, required=False)
    return forms.ChoiceField(label=choice.label, choices=[(one, one) for one in choice.values], required=False)
