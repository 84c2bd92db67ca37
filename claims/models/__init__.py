"""Rows: one noun per file. Constraints and indexes live in the database."""

from .account import OutletAccount
from .article import Article, Revision
from .assignment import Assignment
from .claim import Claim
from .correction import Correction
from .decision import GroupDecision
from .desk import Hold, SavedView, Skip, Visit
from .document import Document
from .factcheck import Correspondence, FactCheck, FactCheckEvent, Source, Verdict
from .finding import Finding, FindingClaim
from .group import ClaimGroup
from .job import Job
from .key import ClaimKey, StoryKey
from .link import ClaimLink
from .origin import Origin, OriginLink, Passage
from .outlet import Outlet
from .publication import Publication
from .rating import Rating
from .reference import Reference
from .report import Report
from .review import Review
from .token import ApiToken
from .withdrawal import Withdrawal

__all__ = [
    "ApiToken",
    "Article",
    "Assignment",
    "Claim",
    "ClaimGroup",
    "ClaimKey",
    "ClaimLink",
    "Correction",
    "Correspondence",
    "Document",
    "FactCheck",
    "FactCheckEvent",
    "Finding",
    "FindingClaim",
    "GroupDecision",
    "Hold",
    "Job",
    "Origin",
    "OriginLink",
    "Outlet",
    "OutletAccount",
    "Passage",
    "Publication",
    "Rating",
    "Reference",
    "Report",
    "Review",
    "Revision",
    "SavedView",
    "Skip",
    "Source",
    "StoryKey",
    "Verdict",
    "Visit",
    "Withdrawal",
]
