"""Walls around the room's tables, the application's rights on the open ones, and the chain of the audit log."""

from __future__ import annotations

from importlib.resources import files
from typing import ClassVar

from django.db import migrations

from yakuba.tenancy.database.walls import SIGNING_IN, Behind, Open, Wall

_ACCOUNT = f"nullif(current_setting('{SIGNING_IN}', true), '')"
_CHAIN = files("yakuba.tenancy.audit").joinpath("chain.sql").read_text("utf-8")
_NO_CHAIN = """
DROP TRIGGER audit_keep ON tenancy_auditentry;
DROP TRIGGER audit_chain ON tenancy_auditentry;
DROP TRIGGER audit_enter ON tenancy_auditentry;
DROP FUNCTION tenancy_audit_close_days, tenancy_audit_keep, tenancy_audit_chain, tenancy_audit_enter,
    tenancy_audit_hash, tenancy_audit_field;
"""


class Migration(migrations.Migration):
    """See the module."""

    dependencies: ClassVar = [
        ("tenancy", "0001_initial"),
        ("sessions", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]
    operations: ClassVar = [
        Open("tenancy_municipality", "SELECT, INSERT, UPDATE"),
        Open("tenancy_municipalgroup", "SELECT, INSERT, UPDATE"),
        Open("tenancy_membership", "SELECT, INSERT, UPDATE"),
        Open("tenancy_signinattempt", "SELECT, INSERT"),
        Open("django_session"),
        Open("django_content_type", "SELECT"),
        Open("django_migrations", "SELECT"),
        Wall("tenancy_department"),
        Wall("tenancy_staff", "SELECT, INSERT, UPDATE", also=f"{_ACCOUNT} IN (login, id::text)", groups=True),
        Wall("tenancy_right", "SELECT, INSERT, UPDATE"),
        Wall("tenancy_identityprovider", also=f"active AND {_ACCOUNT} = 'oidc:' || identifier"),
        Wall("tenancy_auditentry", "SELECT, INSERT", groups=True),
        Wall("tenancy_audithead", "SELECT", groups=True),
        Wall("tenancy_auditdigest", "SELECT", groups=True),
        Behind("mfa_authenticator", "tenancy_staff", "user_id"),
        Behind("account_emailaddress", "tenancy_staff", "user_id", "SELECT"),
        Behind("socialaccount_socialaccount", "tenancy_staff", "user_id"),
        Behind("socialaccount_socialtoken", "socialaccount_socialaccount", "account_id", "SELECT"),
        migrations.RunSQL(_CHAIN, _NO_CHAIN),
    ]
