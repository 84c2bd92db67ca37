import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
# Read by the settings: a lasting key, a pool of connections.
os.environ["FACTCHECK_SERVING"] = "1"
application = get_wsgi_application()
