"""Rows: one noun per file. Constraints and indexes live in the database."""

from .article import Article, Revision
from .claim import Claim
from .decision import GroupDecision
from .document import Document
from .finding import Finding, FindingClaim
from .group import ClaimGroup
from .job import Job
from .key import ClaimKey, StoryKey
from .link import ClaimLink
from .origin import Origin, OriginLink, Passage
from .outlet import Outlet
from .reference import Reference
from .report import Report
from .review import Review
from .token import ApiToken
from .withdrawal import Withdrawal

__all__ = [
    "ApiToken",
    "Article",
    "Claim",
    "ClaimGroup",
    "ClaimKey",
    "ClaimLink",
    "Document",
    "Finding",
    "FindingClaim",
    "GroupDecision",
    "Job",
    "Origin",
    "OriginLink",
    "Outlet",
    "Passage",
    "Reference",
    "Report",
    "Review",
    "Revision",
    "StoryKey",
    "Withdrawal",
]
