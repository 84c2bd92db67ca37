"""docker-compose.yml and the Dockerfile, as far as they can be held against their rules without Docker."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

SECRETS = {
    "SECRET_KEY": "k" * 64,
    "POSTGRES_PASSWORD": "a1" * 16,
    "BROKER_PASSWORD": "b2" * 16,
    "ALLOWED_HOSTS": "claims.example.org",
}


@pytest.fixture(scope="module")
def text(repository: Path) -> str:
    return (repository / "docker-compose.yml").read_text()


def filled_in(text: str, variables: dict[str, str]) -> dict[str, Any]:
    """The file as Compose reads it: variables put in, missing ones refused."""

    def value(found: re.Match[str]) -> str:
        if found[0] == "$$":
            return "$"
        name, operator, rest = found["name"], found["operator"], found["rest"]
        if given := variables.get(name, ""):
            return given
        if operator == ":?":
            raise KeyError(f"{name}: {rest}")
        return rest or ""

    pattern = r"\$\$|\$\{(?P<name>\w+)(?P<operator>:[-?])?(?P<rest>[^}]*)\}"
    return yaml.safe_load(re.sub(pattern, value, text))


def test_the_compose_file_follows_the_specification(text: str) -> None:
    validator = pytest.importorskip("compose_spec", reason="the validator of compose files is not installed")
    found = validator.PyCompose.from_yaml(yaml.safe_dump(filled_in(text, SECRETS)))
    assert sorted(found.service_names()) == ["beat", "broker", "database", "migrate", "web", "worker"]


def test_docker_compose_takes_the_file(text: str, repository: Path) -> None:
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "compose", "version"], capture_output=True).returncode:
        pytest.skip("docker compose is not installed")
    done = subprocess.run(
        [docker, "compose", "--file", "docker-compose.yml", "config", "--quiet"],
        cwd=repository,
        env={**SECRETS, "PATH": "/usr/bin:/bin:/usr/local/bin"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("secret", SECRETS)
def test_no_secret_has_a_default(secret: str, text: str) -> None:
    missing = {name: value for name, value in SECRETS.items() if name != secret}
    with pytest.raises(KeyError, match=f"{secret}: set {secret}"):
        filled_in(text, missing)


def test_every_lasting_service_has_a_health_check_and_restarts(text: str) -> None:
    services = filled_in(text, SECRETS)["services"]
    lasting = {name: service for name, service in services.items() if name != "migrate"}
    assert all("healthcheck" in service for service in lasting.values())
    assert {service["restart"] for service in lasting.values()} == {"unless-stopped"}


def test_every_named_volume_is_declared_and_data_is_in_one(text: str) -> None:
    found = filled_in(text, SECRETS)
    used = {
        volume.split(":")[0]
        for service in found["services"].values()
        for volume in service.get("volumes", [])
    }
    assert used == set(found["volumes"]) == {"database", "broker", "schedule"}


def test_the_application_runs_without_rights(text: str, repository: Path) -> None:
    services = filled_in(text, SECRETS)["services"]
    for name in ("web", "worker", "beat", "migrate"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
    dockerfile = (repository / "Dockerfile").read_text()
    assert re.findall(r"^USER (\w+)", dockerfile, re.MULTILINE) == ["factcheck"]
    assert len(re.findall(r"^FROM ", dockerfile, re.MULTILINE)) == 2


def test_what_the_image_copies_is_not_kept_from_it(repository: Path) -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (repository / "Dockerfile").read_text(), re.MULTILINE)
    sources = {source.split("/")[0] for line in copied for source in line.split()}
    let_through = {
        line[1:] for line in (repository / ".dockerignore").read_text().splitlines() if line.startswith("!")
    }
    assert sources == let_through
    assert all((repository / source).exists() for source in sources)


def test_the_database_is_made_as_the_embedded_one(text: str) -> None:
    from factcheck.embedded.postgres import INITDB

    made_with = filled_in(text, SECRETS)["services"]["database"]["environment"]["POSTGRES_INITDB_ARGS"]
    assert made_with.split() == INITDB


def test_the_example_names_every_variable_of_the_compose_file(text: str, repository: Path) -> None:
    example = (repository / ".env.example").read_text()
    named = set(re.findall(r"^(\w+)=", example, re.MULTILINE))
    assert named == set(re.findall(r"(?<!\$)\$\{(\w+)", text))
