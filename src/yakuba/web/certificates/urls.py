"""Addresses of certificates."""

from django.urls import path

from yakuba.web.certificates import (
    approving,
    fees,
    giving,
    kiosk,
    kiosk_changes,
    ledger,
    lists,
    releasing,
    setting,
    stopping,
)
from yakuba.web.counter import urls as _registers_number  # noqa: F401 - the converter `number` is the counter's

app_name = "certificates"
PREFIX = ""
_PERSON = "residents/<number:addressee>/certificates/"
_ISSUE = "certificates/<int:issue>/"
urlpatterns = [
    path(_PERSON, giving.give, name="give"),
    path(_PERSON + "preview.png", giving.preview, name="preview"),
    path(_PERSON + "history/", ledger.history, name="history"),
    path(_PERSON + "release/", releasing.release, name="release"),
    path(_PERSON + "notice/", lists.register, name="notice"),
    path("certificates/", ledger.ledger, name="ledger"),
    path(_ISSUE, ledger.entry, name="entry"),
    path(_ISSUE + "void/", ledger.void, name="void"),
    path(_ISSUE + "undo/", ledger.undo, name="undo"),
    path(_ISSUE + "reprint/", ledger.reprint, name="reprint"),
    path("certificates/requests/<uuid:request_id>/", ledger.asked, name="request"),
    path("certificates/lists/", lists.lists, name="lists"),
    path("certificates/lists/overflows/<int:overflow>/", lists.settle, name="settle"),
    path("certificates/lists/notices/<int:notice>/", lists.sent, name="sent"),
    path("certificates/setting/", setting.index, name="setting"),
    path("certificates/setting/change/", setting.change, name="change"),
    path("certificates/setting/seal/", setting.seal, name="seal"),
    path("certificates/setting/fees/", fees.index, name="fees"),
    path("certificates/setting/approval/", approving.approve, name="approval"),
    path("certificates/setting/stop/", stopping.index, name="stop"),
    path("certificates/kiosk/", kiosk.index, name="kiosk"),
    path("certificates/kiosk/machines/", kiosk_changes.machines, name="machines"),
    path("certificates/kiosk/offers/<slug:certificate>/", kiosk_changes.offer, name="offer"),
    path("certificates/kiosk/close/", kiosk_changes.close, name="close"),
    path("certificates/kiosk/reopen/", kiosk_changes.reopen, name="reopen"),
    path("certificates/kiosk/pause/", kiosk_changes.pause, name="pause"),
    path("certificates/kiosk/windows/<int:window>/", kiosk.window, name="window"),
]
