"""What drf-spectacular needs to be told for the OpenAPI description (``/api/v1/schema``)."""

from __future__ import annotations

from typing import Any, Literal

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from claims.api import serializers
from claims.api.problems import MEDIA_TYPE

PROBLEM = serializers.ProblemSerializer
PROBLEM_REF = {"$ref": "#/components/schemas/Problem"}


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "claims.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "See docs/api.md, or POST tokens."}


class Schema(AutoSchema):
    """Adds to each operation the problems any of them may answer with."""

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").split("/")[0]]

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> dict[str, Any]:
        responses = super()._get_response_bodies(direction)
        for status in self._usual_problems():
            if status not in responses:
                responses[status] = self._get_response_for_code(PROBLEM, status, direction=direction)
        for response in responses.values():
            media = response.get("content", {})
            if "application/json" in media and media["application/json"]["schema"] == PROBLEM_REF:
                media[MEDIA_TYPE] = media.pop("application/json")
        return responses

    def _usual_problems(self) -> list[str]:
        usual = ["400", "406", "503"]
        if self.view.permission_classes and self.view.get_authenticators():
            usual += ["401", "403", "429"]
        if "{" in self.path:
            usual.append("404")
        if self.method == "GET" and self._is_list_view():
            usual.append("404")  # a page past the last
        if self.method == "POST" and self.get_request_serializer() is not None:
            usual += ["413", "415"]
        return usual


def without_slash(endpoints: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """A preprocessing hook: of the two addresses each endpoint has, the description names the plain one."""
    return [(path.rstrip("/"), *rest) for path, *rest in endpoints]


def _beside_raw(name: str, kind: Any, said: str) -> OpenApiParameter:
    return OpenApiParameter(name, kind, description=f"{said} Beside a raw body only.")


#: For extend_schema: one operation, five ways to hand in an article.
POST_ARTICLES: dict[str, Any] = {
    "request": {
        "application/json": serializers.NewArticleSerializer,
        "multipart/form-data": serializers.NewFilesSerializer,
        "text/plain": OpenApiTypes.ANY,
        "text/html": OpenApiTypes.ANY,
        "application/octet-stream": OpenApiTypes.ANY,
    },
    "parameters": [
        OpenApiParameter(
            "wait",
            {"type": "integer", "minimum": 0, "maximum": 30, "default": 0},
            description="Seconds to wait for the result.",
        ),
        _beside_raw("outlet", {"type": "string", "maxLength": 200}, "The publisher."),
        _beside_raw("title", {"type": "string", "maxLength": 1000}, "The headline."),
        _beside_raw("published", OpenApiTypes.DATE, "The day of publication."),
        _beside_raw("url", {"type": "string", "format": "uri", "maxLength": 2000}, "Where it stands."),
        _beside_raw("name", {"type": "string", "maxLength": 500}, "A file name, for people."),
    ],
    "responses": {
        200: OpenApiResponse(serializers.DocumentSerializer, "The same content was handed in before."),
        201: OpenApiResponse(serializers.DocumentSerializer, "New, and finished while you waited."),
        202: OpenApiResponse(serializers.DocumentSerializer, "New and stored; the work goes on."),
        207: OpenApiResponse(serializers.FileAnswerSerializer(many=True), "Several files, each its answer."),
        411: OpenApiResponse(PROBLEM, "The length of the body is not announced."),
        413: OpenApiResponse(PROBLEM, "Too large."),
        415: OpenApiResponse(PROBLEM, "Not a text, or a content type that is not taken."),
        422: OpenApiResponse(PROBLEM, "Empty, not readable, or not to be fetched."),
    },
}
