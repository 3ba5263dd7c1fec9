"""Who knocks (送り手の確認): the certificate of the connection stands in the plan of one municipality."""

from __future__ import annotations

from django.db import connection, transaction

from yakuba.backup.access import LINK
from yakuba.backup.errors import RefusedError
from yakuba.backup.models import Plan
from yakuba.backup.queries.plans import PlanLine, plan_line


def admitted(fingerprint: str) -> PlanLine:
    """The plan that this certificate belongs to.

    Args:
        fingerprint: SHA-256 of the certificate, hex.

    Raises:
        RefusedError: none, or one that is paused; nobody outside can tell which.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [LINK, fingerprint])
        row = Plan.objects.select_related("municipality").filter(link=fingerprint).first() if fingerprint else None
        cursor.execute("SELECT set_config(%s, '', true)", [LINK])
    if row is None or row.paused:
        remedy = "センターに証明書の指紋を登録してもらってください"
        raise RefusedError(403, "admission", "この証明書では受け付けていません", remedy=remedy)
    return plan_line(row)
