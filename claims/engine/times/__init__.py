"""Times in a sentence: recognised by patterns over kinds of word, resolved to TIMEX3 values and days.

:func:`find_times` is the one way in. The words stand in lexicons/times.toml.
"""

from __future__ import annotations

from claims.engine.times.context import Told
from claims.engine.times.expression import TimeExpression
from claims.engine.times.lengths import ahead_of
from claims.engine.times.recognizing import find_times
from claims.engine.times.year_reading import year_reading

__all__ = ["TimeExpression", "Told", "ahead_of", "find_times", "year_reading"]
