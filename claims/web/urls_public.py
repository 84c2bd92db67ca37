"""Addresses that need no log-in, and those that lead there; included by urls.py."""

from django.urls import path

from .views import public, publishing

urlpatterns = [
    path("published/", public.listing, name="published"),
    path("published/scale/", public.scale, name="published-scale"),
    path("published/feed/", public.PublishedFeed(), name="published-feed"),
    path("published/<slug:slug>/", public.current, name="publication"),
    path("published/<slug:slug>/<int:number>/", public.edition, name="publication-edition"),
    path("fact-checks/<int:factcheck_id>/publish/", publishing.publish, name="factcheck-publish"),
    path("fact-checks/<int:factcheck_id>/correct/", publishing.correct, name="factcheck-correct"),
    path("fact-checks/<int:factcheck_id>/withdraw/", publishing.withdraw, name="factcheck-withdraw"),
]
