"""Address of the font."""

from django.urls import path

from yakuba.web.fonts import views

app_name = "fonts"
urlpatterns = [path("ipamjm.ttf", views.ipamj, name="ipamj")]
