# Two stages: the libraries are built in the first, the second carries only what runs, as an ordinary user.
FROM python:3.11-slim-bookworm AS libraries
COPY requirements.txt /tmp/requirements.txt
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --no-deps --require-hashes --requirement /tmp/requirements.txt

FROM python:3.11-slim-bookworm
# Pango draws the PDFs; Liberation Serif 2 has the measures of Times, which the official form asks for, and our letters.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation2 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /srv/portal portal
COPY --from=libraries /opt/venv /opt/venv
WORKDIR /srv/portal
COPY manage.py pyproject.toml ./
COPY portal portal
COPY branches branches
COPY members members
COPY directives directives
COPY meetings meetings
COPY templates templates
COPY static static
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=portal.settings \
    PORTAL_PRODUCTION=1 \
    PORTAL_VAR=/srv/var
RUN mkdir -p /srv/var/files && python manage.py assets && chown -R portal:portal /srv/var/files
USER portal
EXPOSE 8000
CMD ["gunicorn", "--config", "python:portal.gunicorn", "portal.wsgi"]
