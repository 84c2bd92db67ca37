"""Celery tasks: ids in, one service call, when to retry. Nothing else.

No task retries by itself. What a lost or failed task leaves undone stays due in its row, and the sweeper,
run by beat every few seconds, reminds the workers of it.
"""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from claims.services import accounts, pipeline, reporting


@shared_task(name="claims.tasks.advance_document")
def advance_document(document_id: str) -> None:
    """Takes a document as far as it will go now."""
    pipeline.run(UUID(document_id))


@shared_task(name="claims.tasks.sweep")
def sweep() -> None:
    """Reminds the workers of documents that are due."""
    pipeline.sweep()


@shared_task(name="claims.tasks.nightly_report", autoretry_for=(Exception,), retry_backoff=60, max_retries=5)
def nightly_report() -> None:
    """Makes today's report, unless it is made."""
    reporting.run_nightly()


@shared_task(name="claims.tasks.count_outlets")
def count_outlets() -> None:
    """Counts again how the outlets have behaved."""
    accounts.refresh()
