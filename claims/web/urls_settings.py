"""Addresses of the settings, and of the page where somebody new sets a password; included by urls.py."""

from django.urls import path

from .views import settings

urlpatterns = [
    path("settings/", settings.overview, name="settings"),
    path("settings/scale/", settings.scale, name="settings-scale"),
    path("settings/scale/<slug:slug>/", settings.rating, name="settings-rating"),
    path("settings/scale/<slug:slug>/order/", settings.order, name="settings-rating-order"),
    path("settings/people/", settings.members, name="settings-people"),
    path("settings/people/<int:person_id>/", settings.member, name="settings-person"),
    path("settings/outlets/", settings.names, name="settings-outlets"),
    path("password/<uidb64>/<token>/", settings.SetPassword.as_view(), name="password-set"),
]
