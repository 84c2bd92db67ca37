"""What a service answers when a person asks for something that cannot be."""

from __future__ import annotations


class Refused(Exception):
    """What was asked for cannot be taken: ``code`` for programs, ``detail`` for the person."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
