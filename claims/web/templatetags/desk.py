"""Words for the people of the desk, and for the ranks of findings."""

from __future__ import annotations

import re

from django import template
from django.contrib.auth.models import User
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

_QUOTED = re.compile("(“[^”]*”)")
#: Where the rule of a finding stands in the program, at the end of what it says about itself.
_FILE = re.compile(r"[;,]\s*(?:claims/[\w/]+\.py|docs/[\w/]+\.md)(?=\)?\s*$)")


@register.filter
def person_name(person: User | None) -> str:
    """What a person is called: the full name, else the log-in name with a capital; "nobody" for None."""
    if person is None:
        return "nobody"
    name = person.get_full_name() or person.get_username()
    return name[:1].upper() + name[1:]


@register.filter
def initials(person: User) -> str:
    """ "Ada Brandt" -> "AB", "ivo" -> "I"."""
    return "".join(part[0] for part in person_name(person).split()[:3]).upper()


@register.filter
def has_open(people: list[User]) -> str:
    """ "Ivo has this open", "Ivo and Mara have this open"."""
    if not people:
        return ""
    names = [person_name(each) for each in people]
    told = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"{told} {'has' if len(names) == 1 else 'have'} this open"


@register.filter
def reasons(words: list[str]) -> list[str]:
    """A finding's reasons for its rank, the first with a capital."""
    return [word[:1].upper() + word[1:] if i == 0 else word for i, word in enumerate(words)]


@register.filter
def pointed(sentence: str) -> SafeString:
    """A finding's sentence with what it quotes set off: a list of them is scanned for what differs."""
    parts = _QUOTED.split(sentence)
    return format_html_join(
        "", "{}{}", ((part, "") if i % 2 == 0 else ("", _set_off(part)) for i, part in enumerate(parts))
    )


def _set_off(words: str) -> SafeString:
    return format_html('<b class="quoted">{}</b>', words)


@register.filter
def without_file(basis: str) -> str:
    """The rule behind a finding in words, without the file that holds it: that is for those who program."""
    return _FILE.sub("", basis) or basis
