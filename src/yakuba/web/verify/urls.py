"""Addresses of verification. They stand in the code on a paper: capitals keep that code small."""

from django.urls import path

from yakuba.web.verify import views

app_name = "verify"
PREFIX = "V"
urlpatterns = [
    path("", views.ask, name="bare"),
    path("/", views.ask, name="ask"),
    path("/<str:code>", views.answer, name="answer"),
]
