"""Secrets at rest (秘密の保管): encrypted with a key derived from the installation's."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def box() -> Fernet:
    """What encrypts and decrypts."""
    key = hashlib.sha256(b"yakuba secrets 1\n" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
