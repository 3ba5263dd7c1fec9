"""Addresses of the layouts browser; a layout is named by its id: family, edition, folder."""

from django.urls import path

from yakuba.web.layouts import views

app_name = "layouts"
urlpatterns = [
    path("", views.listing, name="list"),
    path("search/", views.items, name="items"),
    path("<slug:family>/<slug:edition>/<slug:layout>/", views.show, name="show"),
    path("<slug:family>/<slug:edition>/<slug:layout>/changes/", views.changes, name="changes"),
]
