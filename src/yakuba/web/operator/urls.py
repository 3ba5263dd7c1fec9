"""Addresses of the group's operators."""

from django.urls import path

from yakuba.web.operator import (
    backup,
    backup_alarm,
    backup_plan,
    backup_town,
    characters,
    characters_approve,
    characters_decide,
    characters_files,
    characters_set,
    dashboard,
    log,
    members,
)

app_name = "operator"
PREFIX = "group/"
_COLLECTION = "characters/<int:collection>/"
_GLYPH = _COLLECTION + "glyphs/<int:glyph>/"
urlpatterns = [
    path("", dashboard.index, name="dashboard"),
    path("members/", members.index, name="members"),
    path("members/new/", members.new, name="new"),
    path("members/join/", members.join, name="join"),
    path("members/<str:member>/leave/", members.leave, name="leave"),
    path("members/<str:member>/administrator/", members.administrator, name="administrator"),
    path("backup/", backup.index, name="backup"),
    path("backup/<str:member>/", backup_town.index, name="backup_town"),
    path("backup/<str:member>/plan/", backup_plan.index, name="backup_plan"),
    path("backup/<str:member>/examine/", backup_town.examine, name="backup_examine"),
    path("backup/<str:member>/alarms/<int:alarm>/", backup_alarm.index, name="backup_alarm"),
    path("characters/", characters.index, name="characters"),
    path("characters/new/", characters.new, name="characters_new"),
    path("characters/new/upload/", characters.upload, name="characters_upload"),
    path(_COLLECTION, characters_set.index, name="characters_set"),
    path(_COLLECTION + "aside/", characters_set.aside, name="characters_aside"),
    path(_COLLECTION + "decide/", characters_decide.index, name="characters_decide"),
    path(_COLLECTION + "approve/", characters_approve.index, name="characters_approve"),
    path(_COLLECTION + "gaiji.csv", characters_files.mapping, name="characters_mapping"),
    path(_COLLECTION + "vendor.zip", characters_files.vendor, name="characters_vendor"),
    path(_GLYPH + "picture.png", characters_files.picture, name="characters_picture"),
    path(_GLYPH + "overlay.png", characters_files.overlay, name="characters_overlay"),
    path("audit/", log.index, name="audit"),
]
