"""Addresses of the outlets; included by urls.py."""

from django.urls import path, re_path

from .views import outlets

urlpatterns = [
    path("outlets/", outlets.listing, name="outlets"),
    # A slug holds the letters of any script: an outlet may be called "Коммерсантъ".
    re_path(r"^outlets/(?P<slug>[-\w]+)/$", outlets.detail, name="outlet"),
]
