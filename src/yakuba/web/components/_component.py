"""What every component is: a value that prints itself with its own template."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.template.loader import render_to_string

if TYPE_CHECKING:
    from django.utils.safestring import SafeString


class Component:
    """Printed by `{{ it }}`: `templates/components/<template>` with the component as `it`."""

    __slots__ = ()
    template: ClassVar[str]

    def __str__(self) -> SafeString:
        return render_to_string(f"components/{self.template}", {"it": self})
