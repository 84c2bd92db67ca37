# One image for web, worker, scheduler and migrations: see docker-compose.yml.

FROM python:3.12-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 UV_PYTHON_DOWNLOADS=never
WORKDIR /app
COPY requirements/bootstrap.lock requirements/runtime.lock requirements/
RUN python -m pip install --require-hashes --no-deps -r requirements/bootstrap.lock \
    && python -m venv --without-pip /opt/venv \
    && python -m uv pip install --no-cache --python /opt/venv/bin/python --compile-bytecode \
        --require-hashes -r requirements/runtime.lock
COPY manage.py ./
COPY factcheck factcheck
COPY claims claims
COPY templates templates
RUN STATIC_ROOT=/app/staticfiles /opt/venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && /opt/venv/bin/python -m compileall -q factcheck claims

FROM python:3.12-slim
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin factcheck \
    # The volume of the scheduler takes its owner from here.
    && install -d -o factcheck -g factcheck -m 0700 /var/lib/factcheck
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=factcheck.settings STATIC_ROOT=/app/staticfiles HOST=0.0.0.0 LOG_FORMAT=json
USER factcheck
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "--config", "factcheck/gunicorn_conf.py", "factcheck.wsgi"]
