"""Addresses of the person's own pages; signing in and out are allauth's, below /accounts/."""

from django.urls import path

from yakuba.web.account import views

app_name = "account"
PREFIX = "me/"
urlpatterns = [path("", views.me, name="me")]
