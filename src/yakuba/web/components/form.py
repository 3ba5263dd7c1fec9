"""Form (入力): label above, help, error beside the field that it is about. All forms of the screens derive from it."""

from __future__ import annotations

from django import forms


class Form(forms.Form):
    """A form in our look: `{{ form }}` inside `<form method="post" data-once>{% csrf_token %}…</form>`."""

    template_name = "components/form.html"


class Reason(Form):
    """A mandatory reason (理由): kept in the log."""

    reason = forms.CharField(
        label="理由",
        max_length=200,
        widget=forms.TextInput({"autofocus": True, "autocomplete": "off"}),
        help_text="だれの求めで、何のために見るのか。操作ログに残ります。",
        error_messages={"required": "理由を入力してください"},
    )
