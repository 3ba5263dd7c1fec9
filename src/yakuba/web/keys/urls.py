"""Addresses of the pages for everybody."""

from django.urls import path

from yakuba.web.keys import views

app_name = "keys"
PREFIX = "help/"
urlpatterns = [
    path("keys/", views.keys, name="keys"),
    path("components/", views.components, name="components"),
]
