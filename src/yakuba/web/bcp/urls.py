"""Addresses of the counter in a disaster."""

from django.urls import path

from yakuba.web.bcp import book, relief

app_name = "bcp"
urlpatterns = [
    path("book/", book.book, name="book"),
    path("relief/", relief.relief, name="relief"),
    path("relief/people/", relief.people, name="people"),
]
