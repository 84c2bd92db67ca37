"""What goes wrong when a document cannot be read, in words for the person who sent it."""

from __future__ import annotations


class Unreadable(Exception):
    """A document or address that cannot become an article.

    ``code`` is short and stable, for programs ("empty", "too_large", "binary", "encoding", "no_text",
    "too_complex", "fetch_..."). ``title`` names the trouble in a few words; ``detail`` says what was found
    and what to do about it, in whole sentences.
    """

    def __init__(self, code: str, title: str, detail: str) -> None:
        super().__init__(f"{title}: {detail}")
        self.code = code
        self.title = title
        self.detail = detail

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str, str, str]]:
        # Exceptions rebuild from ``args``, one string here; workers pass exceptions between processes.
        return (type(self), (self.code, self.title, self.detail))
