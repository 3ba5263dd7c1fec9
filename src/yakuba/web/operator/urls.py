"""Addresses of the group's operators."""

from django.urls import path

from yakuba.web.operator import backup, backup_alarm, backup_plan, backup_town, dashboard, log, members

app_name = "operator"
PREFIX = "group/"
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
    path("audit/", log.index, name="audit"),
]
