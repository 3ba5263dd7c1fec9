"""Forms of コンビニ交付: switch and limits, one kind and its hours, closing, planned stops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from yakuba.certificates.kinds import kinds
from yakuba.issuance.kiosk import administration
from yakuba.kernel.errors import UsageError
from yakuba.web.certificates.kiosk import DAYS
from yakuba.web.components import Form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yakuba.certificates.kinds import Kind
    from yakuba.issuance.kiosk.limits import Limits
    from yakuba.issuance.kiosk.queries import OfferLine

LIMITS = ("minimum_age", "queue_limit", "step_seconds", "print_seconds", "commission", "feed_minutes")
_REASON = {"required": "理由を入力してください"}


class Machines(Form):
    """稼働 and limits; the same bounds as `yakuba kiosk set`."""

    running = forms.BooleanField(label="稼働にする", required=False)
    minimum_age = forms.IntegerField(label="年齢の下限（歳）", min_value=0, max_value=120)
    closed_days = forms.CharField(
        label="休止日", max_length=400, required=False,
        help_text="毎年の日は 12-29、一度だけの日は 2026-12-05。空白で区切ります。",
    )  # fmt: skip
    queue_limit = forms.IntegerField(label="同時に作る数の上限", min_value=1, max_value=1000)
    step_seconds = forms.IntegerField(label="次の操作を待つ時間（秒）", min_value=10, max_value=3600)
    print_seconds = forms.IntegerField(label="印刷の結果を待つ時間（秒）", min_value=60, max_value=86400)
    commission = forms.IntegerField(label="委託手数料（1通、円）", min_value=0, max_value=10000)
    feed_minutes = forms.IntegerField(
        label="カード情報の許容時間（分）", min_value=1, max_value=10080, required=False,
        help_text="これより古いと交付しません。空欄なら限りません。",
    )  # fmt: skip

    @staticmethod
    def said(now: Limits) -> dict[str, Any]:
        """What holds now, for the fields."""
        numbers = {name: getattr(now, name) for name in LIMITS}
        return numbers | {"running": now.running, "closed_days": " ".join(now.closed_days)}


class Offer(Form):
    """When one kind can be had at machines, and with which choices."""

    hours = forms.CharField(label="利用時間", max_length=11, help_text="06:30-23:00 のように")
    weekdays = forms.MultipleChoiceField(
        label="曜日", choices=list(DAYS.items()), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "曜日を一つ以上選んでください"},
    )  # fmt: skip
    choices = forms.MultipleChoiceField(label="選べる記載事項", widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, kind: Kind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["choices"]
        assert isinstance(field, forms.MultipleChoiceField)
        open_here = administration.choices_of(kind)
        field.choices = [(one.identifier, one.label) for one in kind.choices if one.identifier in open_here]
        if not open_here:
            del self.fields["choices"]

    @staticmethod
    def said(kind: Kind, offer: OfferLine | None) -> dict[str, Any]:
        """What holds now; for a kind that is new, the usual hours and everything but what is secret."""
        if offer is None:
            usual = [one.identifier for one in kind.choices if not one.secret]
            return {"hours": "06:30-23:00", "weekdays": list(DAYS), "choices": usual}
        hours = f"{offer.opens:%H:%M}-{offer.closes:%H:%M}"
        return {"hours": hours, "weekdays": list(offer.weekdays), "choices": list(offer.choices)}

    def clean_hours(self) -> tuple[str, str]:
        """From and until."""
        try:
            return administration.span(self.cleaned_data["hours"])
        except UsageError as error:
            raise ValidationError(f"{error.message}。{error.remedy}") from error


class Closing(Form):
    """Close one kind at once."""

    kind = forms.ChoiceField(label="閉じる証明書")
    reason = forms.CharField(label="理由", max_length=200, error_messages=_REASON)

    def __init__(self, open_kinds: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(label="閉じる証明書", choices=list(open_kinds))


class _Moment(forms.DateTimeInput):
    """Day and time, with the browser's own calendar."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class Pause(Form):
    """計画停止 of everything, or of one kind."""

    kind = forms.ChoiceField(label="証明書", required=False)
    first = forms.DateTimeField(label="はじまり", widget=_Moment, input_formats=["%Y-%m-%dT%H:%M"])
    last = forms.DateTimeField(label="おわり", widget=_Moment, input_formats=["%Y-%m-%dT%H:%M"])
    reason = forms.CharField(label="理由", max_length=200, error_messages=_REASON)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suited = [(name, one.label) for name, one in kinds().items() if administration.suitable(one)]
        self.fields["kind"] = forms.ChoiceField(label="証明書", required=False, choices=[("", "すべて"), *suited])
