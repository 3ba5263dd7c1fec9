"""Addresses of the group's operators."""

from django.urls import path

from yakuba.web.operator import dashboard, log, members

app_name = "operator"
PREFIX = "group/"
urlpatterns = [
    path("", dashboard.index, name="dashboard"),
    path("members/", members.index, name="members"),
    path("members/new/", members.new, name="new"),
    path("members/join/", members.join, name="join"),
    path("members/<str:member>/leave/", members.leave, name="leave"),
    path("members/<str:member>/administrator/", members.administrator, name="administrator"),
    path("audit/", log.index, name="audit"),
]
