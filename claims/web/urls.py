from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from .forms import LogInForm
from .views import account, articles, documents, findings, groups, home, origins, references, reports

urlpatterns = [
    path("", home.home, name="home"),
    path(
        "login/",
        LoginView.as_view(
            template_name="account/login.html",
            authentication_form=LogInForm,
            redirect_authenticated_user=True,
        ),
        name="login",
    ),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("articles/", articles.listing, name="articles"),
    path("articles/<int:article_id>/", articles.detail, name="article"),
    path("articles/<int:article_id>/withdraw/", articles.withdraw, name="article-withdraw"),
    path("articles/<int:article_id>/restore/", articles.restore, name="article-restore"),
    path("ingest/", documents.ingest, name="ingest"),
    path("ingest/progress/", documents.progress, name="documents-progress"),
    path("documents/<uuid:document_id>/", documents.detail, name="document"),
    path("documents/<uuid:document_id>/original/", documents.original, name="document-original"),
    path("documents/<uuid:document_id>/retry/", documents.retry, name="document-retry"),
    path("groups/", groups.listing, name="groups"),
    path("groups/<uuid:group_id>/", groups.detail, name="group"),
    path("groups/<uuid:group_id>/decide/", groups.decide, name="group-decide"),
    path("groups/<uuid:group_id>/undo/", groups.undo, name="group-undo"),
    path("findings/", findings.listing, name="findings"),
    path("findings/<int:finding_id>/", findings.detail, name="finding"),
    path("findings/<int:finding_id>/essentials/", findings.essentials, name="finding-essentials"),
    path("findings/<int:finding_id>/decide/", findings.decide, name="finding-decide"),
    path("findings/<int:finding_id>/undo/", findings.undo, name="finding-undo"),
    path("origins/<uuid:origin_id>/", origins.detail, name="origin"),
    path("references/", references.listing, name="references"),
    path("references/add/", references.add, name="reference-add"),
    path("reports/", reports.listing, name="reports"),
    path("reports/<int:report_id>/", reports.detail, name="report"),
    path("reports/<int:report_id>.json", reports.as_json, name="report-json"),
    path("account/", account.account, name="account"),
    path("account/tokens/", account.tokens, name="tokens"),
    path("account/tokens/<str:key>/revoke/", account.revoke, name="token-revoke"),
    path("", include("claims.web.urls_public")),
]
