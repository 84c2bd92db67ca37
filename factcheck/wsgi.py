import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
# Read by the settings: a lasting key, a pool of connections.
os.environ["FACTCHECK_SERVING"] = "1"
application = get_wsgi_application()
# Load every view now: a mistake in one stops the start, and the first reader need not wait.
_ = get_resolver().url_patterns
