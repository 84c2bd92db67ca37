"""Rows: one noun per file. Constraints and indexes live in the database."""

from .article import Article, Revision
from .claim import Claim
from .document import Document
from .finding import Finding, FindingClaim
from .group import ClaimGroup
from .job import Job
from .origin import Origin, OriginLink
from .outlet import Outlet
from .reference import Reference
from .report import Report
from .review import Review
from .token import ApiToken

__all__ = [
    "ApiToken",
    "Article",
    "Claim",
    "ClaimGroup",
    "Document",
    "Finding",
    "FindingClaim",
    "Job",
    "Origin",
    "OriginLink",
    "Outlet",
    "Reference",
    "Report",
    "Review",
    "Revision",
]
