"""What object storage answers, as one sentence with a remedy."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError
from yakuba.vault.errors import MissingError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from botocore.exceptions import ClientError

_GONE = {"404", "NoSuchKey", "NoSuchVersion", "NotFound"}
_KNOWN = {
    "NoSuchBucket": ("バケットがありません no such bucket", "バケット名を確かめてください check the name"),
    "InvalidAccessKeyId": ("鍵の名前が通りません unknown access key", "AWS_ACCESS_KEY_ID を確かめてください check it"),
    "SignatureDoesNotMatch": ("署名が通りません wrong secret key", "AWS_SECRET_ACCESS_KEY を確かめてください check it"),
    "RequestTimeTooSkewed": ("この機械の時計がずれています the clock here is wrong", "時計を合わせてください set it"),
    "AccessDenied": (
        "権限がありません access denied",
        "この利用者に s3:PutObject, GetObject(Version), ListBucket(Versions), PutObjectRetention を許してください",
    ),
    "QuotaExceeded": ("容量の上限です quota exceeded", "上限を上げるか、古い世代を prune してください"),
    "InsufficientStorage": ("空きがありません storage is full", "容量を増やすか、古い世代を prune してください"),
    "NotImplemented": ("この機能がありません not implemented there", "別のサーバーかバケットを選んでください"),
}
_KNOWN |= {"403": _KNOWN["AccessDenied"], "507": _KNOWN["InsufficientStorage"]}
_LATER = (
    "回線とサーバーを確かめ、もう一度実行してください check the line and the server, run again; nothing is half stored"
)


def code(error: ClientError) -> str:
    """The short name of an answer ("AccessDenied"), or its HTTP status when it has none ("404")."""
    return str(error.response.get("Error", {}).get("Code", ""))


@contextmanager
def told(name: str) -> Iterator[None]:
    """Errors of the client within a `with` block, as ours.

    Raises:
        MissingError: there is nothing under the name. CannotContinueError: everything else.
    """
    from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

    try:
        yield
    except ClientError as error:
        if code(error) in _GONE:
            remedy = "場所を確かめるか、写しから戻してください check the place, or put its copy back"
            raise MissingError(f"{name}: ありません is not there", remedy=remedy) from error
        what, remedy = _KNOWN.get(code(error), (f"サーバーの返事 {code(error) or '?'}", _LATER))
        raise CannotContinueError(f"{name}: {what}", remedy=remedy) from error
    except NoCredentialsError as error:
        remedy = "AWS_ACCESS_KEY_ID と AWS_SECRET_ACCESS_KEY を設定してください set the credentials"
        raise CannotContinueError(f"{name}: 鍵がありません no credentials", remedy=remedy) from error
    except (BotoCoreError, OSError) as error:
        raise CannotContinueError(f"{name}: 届きません not reached ({type(error).__name__})", remedy=_LATER) from error
