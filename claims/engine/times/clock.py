"""The time of day: "3:43 PM", "0900 GMT", "at noon"."""

from __future__ import annotations

from claims.engine.times.context import Context, Match, reads
from claims.engine.times.expression import TimeExpression
from claims.engine.times.lexicon import AT_HOUR, NUMBERS, PARTS_OF_DAY
from claims.engine.tokens import touching


@reads
def clock(c: Context, m: Match) -> TimeExpression | None:
    """3:43 PM, 15:00 GMT, 11 a.m., 0900 GMT, 10 o'clock."""
    key = c.tokens[m.start("h")].key
    hour, minute = (
        int(x) if x.isdigit() else -1 for x in (key.partition(".")[0], key.partition(".")[2] or "0")
    )
    if m["m"]:
        for k in range(m.start("m"), m.end("m")):
            if not touching(c.tokens, k):
                return None
        minute_key = c.tokens[m.start("m") + 1].key
        if len(minute_key) != 2:
            return c.unresolved(m, "clock", "", "TIME") if m["z"] or m["apm"] else None
        minute = int(minute_key)
    elif m["z"] and len(key) == 4 and not m["apm"]:
        hour, minute = int(key) // 100, int(key) % 100
    elif not m["apm"] and c.low(m.end() - 1) != "o'clock":
        return None
    if "." in key and len(key.partition(".")[2]) != 2:
        return None
    if hour > 24 or minute > 59:
        return c.unresolved(m, "clock", "", "TIME") if m["m"] and not m["apm"] else None
    if m["apm"]:
        hour = hour % 12 + (12 if c.word(m, "apm") == "pm" else 0)
    anchor = c.told.day or c.published
    value = f"{anchor.isoformat() if anchor else 'XXXX-XX-XX'}T{hour:02d}:{minute:02d}"
    end = m.end()
    while (
        end > m.start()
        and c.low(end - 1) in ("time", "local", "eastern", "moscow")
        and c.low(end - 1) != "time"
    ):
        end -= 1
    return TimeExpression(m.start(), end, "clock", type="TIME", value=value)


@reads
def hour_of_part(c: Context, m: Match) -> TimeExpression | None:
    """ "4 in the morning", "ten in the evening"."""
    part = PARTS_OF_DAY[c.word(m, "t")]
    hour = c.number(m, "h") if c.tokens[m.start("h")].kind == "figure" else NUMBERS[c.low(m.start("h"))]
    minute = int(c.tokens[m.end("m") - 1].key) if m["m"] else 0
    if hour is None or not 1 <= hour <= 12 or minute > 59 or part not in ("MO", "AF", "EV"):
        return None
    if not m["m"] and c.low(m.start() - 1) not in AT_HOUR:
        return None  # "killed 4 in the morning"
    hour = hour % 12 + (0 if part == "MO" else 12)
    anchor = c.told.day or c.published
    value = f"{anchor.isoformat() if anchor else 'XXXX-XX-XX'}T{hour:02d}:{minute:02d}"
    return TimeExpression(m.start(), m.end(), "clock", type="TIME", value=value)


@reads
def clock_word(c: Context, m: Match) -> TimeExpression | None:
    """ "at noon", "by midnight"."""
    code = PARTS_OF_DAY[c.word(m, "t")]
    anchor = c.told.day or c.published
    if (
        not code[0].isdigit()
        or anchor is None
        or c.low(m.start() - 1) not in ("at", "by", "until", "before", "around")
    ):
        return None
    return TimeExpression(m.start(), m.end(), "clock", type="TIME", value=f"{anchor.isoformat()}T{code}")
