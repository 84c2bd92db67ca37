"""The administrator's view of the rows. What the pipeline or a person's review wrote is read-only here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from claims import models


class ReadOnly(admin.ModelAdmin):
    """Rows to look at: nobody adds, changes or deletes them here, the services do."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(models.Document)
class DocumentAdmin(ReadOnly):
    list_display = ["id", "name", "source", "state", "attempts", "size", "received_at", "error_code"]
    list_filter = ["state", "source", "error_code"]
    search_fields = ["id", "name", "url", "content_hash"]
    exclude = ["raw"]
    list_select_related = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("raw")


@admin.register(models.Outlet)
class OutletAdmin(admin.ModelAdmin):
    list_display = ["name", "slug", "created_at"]
    search_fields = ["name"]


@admin.register(models.Article)
class ArticleAdmin(ReadOnly):
    list_display = ["address", "outlet", "origin", "first_seen_at"]
    list_filter = ["outlet"]
    list_select_related = ["outlet"]
    search_fields = ["address"]


@admin.register(models.Revision)
class RevisionAdmin(ReadOnly):
    list_display = ["title", "article", "number", "is_current", "published"]
    list_filter = ["is_current"]
    list_select_related = ["article"]
    search_fields = ["title"]
    exclude = ["fingerprints", "profile"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("fingerprints", "profile")


@admin.register(models.Claim)
class ClaimAdmin(ReadOnly):
    list_display = ["quote", "kind", "value", "unit", "actor", "action", "group", "retired_at"]
    list_filter = ["kind", "status", "mode"]
    list_select_related = ["group"]
    search_fields = ["quote", "measured"]


@admin.register(models.ClaimGroup)
class ClaimGroupAdmin(ReadOnly):
    list_display = ["label", "kind", "unit", "merged_into", "created_at"]
    list_filter = ["kind"]
    search_fields = ["label"]


@admin.register(models.Origin)
class OriginAdmin(ReadOnly):
    list_display = ["id", "merged_into", "created_at"]


@admin.register(models.OriginLink)
class OriginLinkAdmin(ReadOnly):
    list_display = ["first", "kind", "second", "containment", "wire"]
    list_select_related = ["first", "second"]
    list_filter = ["kind"]


@admin.register(models.Finding)
class FindingAdmin(ReadOnly):
    list_display = ["summary", "check_id", "severity", "decision", "resolved_at", "last_changed_at"]
    list_filter = ["check_id", "severity", "decision"]
    search_fields = ["summary"]


@admin.register(models.Review)
class ReviewAdmin(ReadOnly):
    list_display = ["finding", "group", "reviewer", "decision", "verdict", "created_at"]
    list_filter = ["decision"]
    list_select_related = ["finding", "group", "reviewer"]


@admin.register(models.Reference)
class ReferenceAdmin(ReadOnly):
    list_display = ["title", "authority", "kind", "value", "unit", "starts_on", "edition"]
    list_filter = ["kind", "authority"]
    search_fields = ["title"]


@admin.register(models.Report)
class ReportAdmin(ReadOnly):
    list_display = ["kind", "day", "payload_hash", "created_at"]
    list_filter = ["kind"]


@admin.register(models.Job)
class JobAdmin(ReadOnly):
    list_display = ["kind", "due", "state", "attempts", "started_at", "finished_at", "detail"]
    list_filter = ["kind", "state"]


@admin.register(models.FactCheck)
class FactCheckAdmin(ReadOnly):
    list_display = ["question", "state", "harm", "assignee", "rating", "created_by", "changed_at"]
    list_filter = ["state", "harm"]
    list_select_related = ["assignee", "rating", "created_by"]
    search_fields = ["question"]


@admin.register(models.FactCheckEvent)
class FactCheckEventAdmin(ReadOnly):
    list_display = ["factcheck", "kind", "before", "after", "person", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["factcheck", "person"]


@admin.register(models.Publication)
class PublicationAdmin(ReadOnly):
    list_display = ["slug", "edition", "is_current", "published_by", "published_at", "withdrawn_at"]
    list_select_related = ["published_by"]
    search_fields = ["slug"]


@admin.register(models.Correction)
class CorrectionAdmin(ReadOnly):
    list_display = ["kind", "quote", "claim_kind", "person", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["person"]
    search_fields = ["quote"]


@admin.register(models.GroupDecision)
class GroupDecisionAdmin(ReadOnly):
    list_display = ["kind", "group", "reviewer", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["group", "reviewer"]


@admin.register(models.Withdrawal)
class WithdrawalAdmin(ReadOnly):
    list_display = ["article", "kind", "reviewer", "reason", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["article", "reviewer"]


# Verdicts, sources and correspondence are not here on purpose: a blind verdict shown in a list is blind no
# more. They stand on the page of their fact-check, which knows who may see what.
