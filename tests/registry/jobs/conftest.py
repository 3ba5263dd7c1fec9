"""Towns, staff and a kind of job that can be held still."""

from tests.installation import prepared

prepared()

from tests.registry.jobs.kinds_for_tests import sample  # noqa: E402, F401 - it names tables, which need the line above
from tests.tenancy.cast import cast  # noqa: E402, F401
