"""Dialog (確認): a question over the page. Without a script the link that would open it goes to a page instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from yakuba.web.components._component import Component

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from yakuba.web.components.form import Form


@dataclass(frozen=True)
class Dialog(Component):
    """A form in a dialog. It opens from any `<a href="…" data-dialog="{{ id }}">` of the page.

    Attributes:
        id: of the dialog. title: the question. text: what will happen. action: where the form is posted.
        form: its fields. token: `request`'s CSRF field (`{{ csrf_input }}`). button: what the button says.
    """

    template: ClassVar[str] = "dialog.html"
    id: str
    title: str
    text: str
    action: str
    form: Form
    token: SafeString
    button: str = "つづける"
