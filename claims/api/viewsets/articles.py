from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep
from typing import Any, NoReturn

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Prefetch
from django.http import QueryDict
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import problems
from claims.api.base import ReadEndpoint
from claims.api.fields import StrictSerializer
from claims.api.filters import ArticleFilter
from claims.api.parsers import BytesParser, HTMLParser, JSONParser, TextParser, too_large
from claims.api.problems import Problem
from claims.api.schema import POST_ARTICLES
from claims.api.serializers import (
    ArticleDetailSerializer,
    ArticleSerializer,
    DocumentSerializer,
    NewArticleSerializer,
    NewFilesSerializer,
    ProblemSerializer,
    RawArticleSerializer,
    RestoreSerializer,
    WithdrawalSerializer,
    WithdrawSerializer,
)
from claims.api.viewsets.findings import refusal
from claims.engine import records
from claims.ingest.errors import Unreadable
from claims.models import Claim, Document, Revision, Withdrawal
from claims.services import ingestion, reviewing, withdrawing

LONGEST_WAIT = 30  # seconds; a waiting request holds a thread of the web server
REJECTED = "This cannot become an article"
WITHDRAWN = {
    201: WithdrawalSerializer,
    422: OpenApiResponse(ProblemSerializer, "No reason, or it is so already."),
}


def filled(asked: Any) -> dict[str, Any]:
    """What was really said: members that were left out or left blank are not there."""
    return {name: value for name, value in asked.validated_data.items() if value or name == "text"}


def type_of(file: UploadedFile) -> str | None:
    """The content type of an uploaded file, with the charset it was sent with."""
    return f"{file.content_type}; charset={file.charset}" if file.charset else file.content_type


def finished_by(deadline: float, document: Document) -> Document:
    """The document as it stands when it is finished, or else at ``deadline`` (monotonic seconds)."""
    pause = 0.05
    while not document.is_finished and (left := deadline - monotonic()) > 0:
        sleep(min(pause, left))
        pause = min(pause * 1.5, 1)
        document = Document.objects.for_list().get(pk=document.pk)
    return document


def status_of(document: Document, new: bool) -> int:
    if not new:
        return 200
    return 201 if document.state == Document.State.CHECKED else 202


class ArticleViewSet(ReadEndpoint):
    """Stories and their current revisions, newest first."""

    filterset_class = ArticleFilter
    lookup_field = "article_id"
    lookup_url_kwarg = "id"
    parser_classes = [JSONParser, MultiPartParser, TextParser, HTMLParser, BytesParser]
    parameters = {"create": {"wait", *RawArticleSerializer().fields}}

    def get_queryset(self):
        if self.action == "list":
            rows = Revision.objects.for_list()
            return rows.to_show() if "state" in self.request.query_params else rows.current()
        words = Prefetch("article__withdrawals", Withdrawal.objects.select_related("reviewer").order_by("id"))
        documents = Prefetch("documents", Document.objects.defer("raw").order_by("-received_at", "id"))
        revisions = Revision.objects.without_text().prefetch_related(documents).order_by("-number")
        return (
            Revision.objects.to_show()
            .defer("fingerprints", "profile")
            .select_related("article__outlet")
            .with_counts()
            .prefetch_related(documents, words, Prefetch("article__revisions", revisions))
        )

    def get_serializer_class(self):
        return ArticleSerializer if self.action == "list" else ArticleDetailSerializer

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """An article with its body, its claims in reading order, its revisions, and the articles it shares an
        origin with."""
        revision = self.get_object()
        claims = Claim.objects.standing().filter(revision=revision)
        in_order = claims.with_article().with_sentence().order_by("start", "end", "id")
        revision.standing_claims = [claim for claim in in_order if not claim.headline]
        revision.headline_claims = [claim for claim in in_order if claim.headline]
        return Response(self.get_serializer(revision).data)

    @extend_schema(**POST_ARTICLES)
    def create(self, request: Request) -> Response:
        """Hand in an article: as JSON, as one or more files, or as the body itself.

        Answers 202 when it is new and under way, 201 when it is new and `wait` was long enough, 200 when the
        same content was handed in before (content that was refused then is tried again, as if it were new).
        Content that is no article is a problem that names the document all the same: its row shows what
        happened. Several files are answered one by one in a 207.
        """
        deadline = monotonic() + self._wait()
        data = request.data
        if self._is_raw():
            return self._one(self._accept(self._raw(data or b"")), deadline)
        if unasked := set(request.query_params) - {"wait"}:
            raise ValidationError(dict.fromkeys(unasked, "Beside a raw body only; put it into the body."))
        if isinstance(data, QueryDict):
            return self._files(data, deadline)
        return self._one(self._told(data), deadline)

    @extend_schema(request=WithdrawSerializer, responses=WITHDRAWN)
    @action(detail=True, methods=["post"], parser_classes=[JSONParser], filterset_class=None)
    def withdraw(self, request: Request, id: str) -> Response:
        """Take the article out of the count: its claims leave their groups, what they caused is resolved.

        Nothing is deleted, and `restore` brings all of it back. The work is done within seconds.
        """
        return self._decide(withdrawing.withdraw, WithdrawSerializer)

    @extend_schema(request=RestoreSerializer, responses=WITHDRAWN)
    @action(detail=True, methods=["post"], parser_classes=[JSONParser], filterset_class=None)
    def restore(self, request: Request, id: str) -> Response:
        """Let a withdrawn article count again."""
        return self._decide(withdrawing.restore, RestoreSerializer)

    def _decide(self, act: Callable[..., Withdrawal], serializer: type[StrictSerializer]) -> Response:
        asked = serializer(data=self.request.data)
        asked.is_valid(raise_exception=True)
        try:
            word = act(self.get_object().article, reviewer=self.request.user, **asked.validated_data)
        except reviewing.Refused as exc:
            raise refusal(exc) from exc
        return Response(WithdrawalSerializer(word).data, status=201)

    def _wait(self) -> float:
        asked = self.request.query_params.get("wait", "0")
        if not (asked.isascii() and asked.isdigit() and len(asked) <= 3 and int(asked) <= LONGEST_WAIT):
            raise ValidationError({"wait": f"This is a whole number of seconds from 0 to {LONGEST_WAIT}."})
        return int(asked)

    def _accept(self, document: records.Document, size: int | None = None) -> ingestion.Accepted:
        return ingestion.accept(document, source=Document.Source.API, user=self.request.user, size=size)

    def _raw(self, body: bytes) -> records.Document:
        declared = {name: text for name, text in self.request.query_params.items() if name != "wait"}
        asked = RawArticleSerializer(data=declared)
        asked.is_valid(raise_exception=True)
        return records.Document(raw=body, content_type=self.request.content_type, **filled(asked))

    def _told(self, data: Any) -> ingestion.Accepted:
        asked = NewArticleSerializer(data=data)
        asked.is_valid(raise_exception=True)
        declared = filled(asked)
        text = asked.validated_data.get("text")
        declared.pop("text", None)
        if text is not None:
            raw = text.encode()
            return self._accept(records.Document(raw, "text/plain; charset=utf-8", **declared))
        try:
            return ingestion.accept_url(declared.pop("url"), user=self.request.user, **declared)
        except Unreadable as exc:
            raise problems.of_content(exc.code, exc.title, exc.detail) from exc

    def _files(self, form: QueryDict, deadline: float) -> Response:
        told = {name: value for name, value in form.items() if name != "file"}
        if twice := [name for name in told if len(form.getlist(name)) > 1]:
            raise ValidationError(dict.fromkeys(twice, "This is given more than once."))
        asked = NewFilesSerializer(data={**told, "file": self.request.FILES.getlist("file")})
        asked.is_valid(raise_exception=True)
        declared = filled(asked)
        files = declared.pop("file")
        accepted = [
            self._accept(records.Document(file.read(), type_of(file), name=file.name, **declared))
            for file in files
        ]
        if len(accepted) == 1:
            return self._one(accepted[0], deadline)
        return Response([self._item(one, deadline) for one in accepted], status=207)

    def _one(self, accepted: ingestion.Accepted, deadline: float) -> Response:
        document = finished_by(deadline, accepted.document)
        self._raise_if_rejected(document)
        content = DocumentSerializer(document, context=self.get_serializer_context()).data
        headers = {"Location": content["links"]["document"]}
        return Response(
            content, status=status_of(document, accepted.created or accepted.retried), headers=headers
        )

    def _item(self, accepted: ingestion.Accepted, deadline: float) -> dict[str, Any]:
        try:
            response = self._one(accepted, deadline)
        except Problem as problem:
            return {"status": problem.status_code, "problem": problem.content(self.request.path)}
        return {"status": response.status_code, "document": response.data}

    def _raise_if_rejected(self, document: Document) -> None:
        if document.state == Document.State.REJECTED:
            raise problems.of_content(
                document.error_code, REJECTED, document.error_detail, document=str(document.pk)
            )

    def refuse_oversized(self, start: bytes) -> NoReturn:
        """The row shows what happened: the service gets the first bytes, and how many there are."""
        if self.action != "create":
            super().refuse_oversized(start)
        document = self._raw(start) if self._is_raw() else records.Document(start, self.request.content_type)
        size = int(self.request.META["CONTENT_LENGTH"])
        raise too_large(self.request, document=str(self._accept(document, size).document.pk))

    def _is_raw(self) -> bool:
        parser = self.request.negotiator.select_parser(self.request, self.request.parsers)
        return isinstance(parser, TextParser | HTMLParser | BytesParser)
