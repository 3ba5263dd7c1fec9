"""A small town that was migrated and loaded, and programs that ask with tokens."""

from tests.installation import prepared

prepared()

from tests.tenancy.cast import cast  # noqa: E402, F401 - it names tables, which need the line above
from tests.web.api.town import run_folder, town  # noqa: E402, F401
