"""Where drafts are checked, and where people search."""

from django.urls import path

from .views import draft, search

urlpatterns = [
    path("draft/", draft.check, name="draft"),
    path("draft/keep/", draft.keep, name="draft-keep"),
    path("search/", search.search, name="search"),
]
