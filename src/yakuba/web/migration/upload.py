"""Uploads (アップロード): files go to the disk as they arrive, within limits, and their names never become paths.

The limits are settings (YAKUBA_UPLOAD_…). The page knows them too (static/yakuba/upload.js): who has chosen too much is
told before a byte is sent.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.template.defaultfilters import filesizeformat

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpRequest

_FORM = 1024**2
"""Bytes of a request beside its files: the form's other fields, and what parts them."""
NO_ROOM = "サーバーの空き容量が足りません。容量を空けてから、もう一度お送りください。"


def too_large() -> str:
    """Said of more bytes than one upload may have; a larger dump is put into the server's folder instead."""
    most = filesizeformat(settings.UPLOAD_BYTES)
    return f"一度に送れるのは{most}までです。大きなデータはサーバーのフォルダーに置いてください。"


def too_many() -> str:
    """Said of more files than one upload may have."""
    return f"一度に送れるのは{settings.UPLOAD_FILES}個までです。zipにまとめるか、分けて送ってください。"


class Files(forms.FileInput):
    """Several files at once; what arrives is taken from the request, not from the form."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"multiple": True})

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """With the limits, for the page's script."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= limits()
        return context


def limits() -> dict[str, str]:
    """What an input of files says of the limits: attributes that upload.js reads."""
    return {
        "data-most-bytes": str(settings.UPLOAD_BYTES),
        "data-most-files": str(settings.UPLOAD_FILES),
        "data-too-large": too_large(),
        "data-too-many": too_many(),
    }


class Received(UploadedFile):  # type: ignore[type-arg]  # generic in the stubs only
    """A file that has arrived whole. `path` is where it lies, under a name of ours."""

    def __init__(self, path: Path, name: str, size: int) -> None:
        super().__init__(name=name, size=size)
        self.path = path

    def close(self) -> None:
        """Nothing is open any more."""


class ToDisk(FileUploadHandler):
    """Writes every file of one request into a folder, 0, 1, 2 …, and stops when there is too much.

    Attributes:
        problem: why it stopped, in a sentence for the screen; "" when all is well.
    """

    def __init__(self, request: HttpRequest, folder: Path) -> None:
        super().__init__(request)
        self.problem = ""
        self._folder, self._bytes, self._count = folder, 0, 0
        self._stream: BinaryIO | None = None

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002 - Django's signature
        META: Any,  # noqa: ARG002, N803
        content_length: int,
        boundary: Any,  # noqa: ARG002
        encoding: Any = None,  # noqa: ARG002
    ) -> None:
        """Refuse by the announced length already; what was not announced is counted as it comes."""
        self._folder.mkdir(parents=True, exist_ok=True)
        if content_length > settings.UPLOAD_BYTES + _FORM:
            self.problem = too_large()
        elif content_length > shutil.disk_usage(self._folder).free:
            self.problem = NO_ROOM

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Open the next file, or read no more."""
        super().new_file(*args, **kwargs)
        if self._count >= settings.UPLOAD_FILES:
            self.problem = self.problem or too_many()
        if self.problem:
            raise StopUpload
        self._stream = cast("BinaryIO", self._path.open("xb"))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002 - Django's signature
        """Write a piece."""
        self._bytes += len(raw_data)
        if self._bytes > settings.UPLOAD_BYTES:
            self._stop(too_large())
        if self._stream is not None:
            try:
                self._stream.write(raw_data)
            except OSError:
                self._stop(NO_ROOM)
        return None

    def file_complete(self, file_size: int) -> Received | None:
        """Close the file and hand it on."""
        if self._stream is None:
            return None
        self._stream.close()
        self._stream = None
        received = Received(self._path, self.file_name or "", file_size)
        self._count += 1
        return received

    def upload_interrupted(self) -> None:
        """The sender went away, or too much came: nothing stays open."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    @property
    def _path(self) -> Path:
        return self._folder / str(self._count)

    def _stop(self, problem: str) -> None:
        self.problem = problem
        self.upload_interrupted()
        raise StopUpload
