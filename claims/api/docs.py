"""The interactive documentation at ``/api/v1/docs``: Swagger UI out of the sidecar, served by us."""

from __future__ import annotations

from drf_spectacular.views import SpectacularSwaggerSplitView


class DocsView(SpectacularSwaggerSplitView):
    """Without inline script or style, so that it lives under our content security policy as it is."""

    template_name = "api/docs.html"
