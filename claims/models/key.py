from __future__ import annotations

from django.db import models


class StoryKey(models.Model):
    """That a Revision is filed under a term which tells its story from others.

    ``key`` is the term's hash, ``day`` the ordinal of the day of publication (0: unknown). The primary key is
    the index that candidates are read from, nearest day first and only so far; ``tie`` settles the order
    within a day by what the article is, not by when it came.
    """

    pk = models.CompositePrimaryKey("key", "day", "tie", "revision")
    key = models.BigIntegerField()
    day = models.IntegerField()
    tie = models.IntegerField()
    revision = models.ForeignKey("claims.Revision", on_delete=models.CASCADE, related_name="story_keys")

    def __str__(self) -> str:
        return f"{self.key} on {self.day}: revision {self.revision_id}"


class ClaimKey(models.Model):
    """That a Claim is filed under a key of its own, for other stories and other times; else as StoryKey."""

    pk = models.CompositePrimaryKey("key", "day", "tie", "claim")
    key = models.BigIntegerField()
    day = models.IntegerField()
    tie = models.IntegerField()
    claim = models.ForeignKey("claims.Claim", on_delete=models.CASCADE, related_name="keys")

    def __str__(self) -> str:
        return f"{self.key} on {self.day}: claim {self.claim_id}"
