"""Addresses of the counter."""

from django.urls import path, register_converter

from yakuba.web.counter import attention, change, home, household, output, records, resident, search


class Number:
    """宛名番号 or 世帯番号: up to 15 half-width characters (X, 15). Anything else is no address at all."""

    regex = "[!-.0-~]{1,15}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(Number, "number")
app_name = "counter"
PREFIX = ""
_PERSON = "residents/<number:addressee>/"
urlpatterns = [
    path("", home.home, name="home"),
    path("attention/<slug:concern>/", attention.attention, name="attention"),
    path("search/", search.search, name="search"),
    path("search/items/", search.advanced, name="advanced"),
    path(_PERSON, resident.resident, name="resident"),
    path(_PERSON + "reason/", resident.reason, name="reason"),
    path(_PERSON + "change/", change.change, name="change"),
    path(_PERSON + "history/", resident.history, name="history"),
    path(_PERSON + "records/<slug:business>/", records.records, name="records"),
    path("households/<number:household>/", household.household, name="household"),
    path("output/", output.output, name="output"),
]
