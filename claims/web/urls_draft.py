"""Where drafts are checked, and where people search."""

from django.urls import path

from .views import draft

urlpatterns = [
    path("draft/", draft.check, name="draft"),
    path("draft/keep/", draft.keep, name="draft-keep"),
]
