from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from claims.web.views.account import favicon

handler400 = "claims.api.outside.bad_request"
handler404 = "claims.api.outside.not_found"
handler500 = "factcheck.middleware.server_error"

urlpatterns = [
    path("favicon.ico", favicon, name="favicon"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("claims.api.urls")),
    path("", include("claims.web.urls")),
]
