"""Settings: honest errors, a secret key that is made once, and what production demands."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizlib.errors import ContentError
from quizlib.web.config import make_secret, read_settings
from tests.web.conftest import Application


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"QUIZLIB_DATA": str(tmp_path / "data")}


def test_without_any_setting_everything_has_a_default(environment: dict[str, str]) -> None:
    settings = read_settings(environment)

    assert settings.database == f"sqlite:///{settings.data / 'quizlib.db'}"
    assert (settings.address, settings.proxies, settings.production) == ("", 0, False)
    assert (settings.limits, settings.owner, settings.is_sample) == ("memory://", "", True)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_postgresql_address_gets_the_one_driver(environment: dict[str, str], scheme: str) -> None:
    settings = read_settings(environment | {"DATABASE_URL": f"{scheme}://me@host/quiz"})

    assert settings.database == "postgresql+psycopg://me@host/quiz"


BAD = {
    "DATABASE_URL": "mysql://host/quiz",
    "QUIZLIB_ADDRESS": "thi.example.vn",
    "QUIZLIB_PROXIES": "one",
    "QUIZLIB_LIMITS": "redis",
    "QUIZLIB_PRODUCTION": "yes",
    "QUIZLIB_METRICS": "too short",
    "QUIZLIB_LOG": "yes",
    "QUIZLIB_BUSY": "0",
    "QUIZLIB_POOL": "many",
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_setting_is_named(environment: dict[str, str], name: str) -> None:
    with pytest.raises(ContentError) as refused:
        read_settings(environment | {name: BAD[name]})

    assert [fault.field for fault in refused.value.faults] == [name]
    assert all(refused.value.lines(lang) for lang in ("vi", "en"))


def test_all_bad_settings_are_listed_at_once(environment: dict[str, str]) -> None:
    with pytest.raises(ContentError) as refused:
        read_settings(environment | BAD)

    assert [fault.field for fault in refused.value.faults] == list(BAD)
    assert not Path(environment["QUIZLIB_DATA"]).exists()


@pytest.mark.parametrize("address", ["ftp://host", "https://", "https://host/?q=1", "javascript:alert(1)"])
def test_the_public_address_is_one_of_the_web(environment: dict[str, str], address: str) -> None:
    with pytest.raises(ContentError):
        read_settings(environment | {"QUIZLIB_ADDRESS": address})


# -- the secret


def test_the_secret_is_made_once_and_only_its_user_may_read_it(environment: dict[str, str]) -> None:
    first, second = read_settings(environment), read_settings(environment)

    assert first.secret == second.secret
    assert len(first.secret) == 32
    assert (first.data / "secret-key").stat().st_mode & 0o777 == 0o600


def test_production_does_not_start_without_its_secret(environment: dict[str, str]) -> None:
    with pytest.raises(ContentError) as refused:
        read_settings(environment | {"QUIZLIB_PRODUCTION": "1"})

    assert [fault.code for fault in refused.value.faults] == ["no-secret"]
    assert not (Path(environment["QUIZLIB_DATA"]) / "secret-key").exists()


def test_production_starts_with_it(environment: dict[str, str]) -> None:
    make_secret(Path(environment["QUIZLIB_DATA"]))

    assert read_settings(environment | {"QUIZLIB_PRODUCTION": "1"}).production


def test_a_secret_is_never_made_over_another(environment: dict[str, str]) -> None:
    secret = read_settings(environment).secret

    with pytest.raises(ContentError):
        make_secret(Path(environment["QUIZLIB_DATA"]))
    assert read_settings(environment).secret == secret


@pytest.mark.parametrize("text", ["", "not hex", "00ff", "é" * 64])
def test_a_damaged_secret_is_told(environment: dict[str, str], text: str) -> None:
    file = read_settings(environment).data / "secret-key"
    file.write_text(text, "utf-8")

    with pytest.raises(ContentError) as refused:
        read_settings(environment)
    assert [fault.code for fault in refused.value.faults] == ["bad-secret"]


def test_the_application_refuses_what_the_settings_refuse(make_app: Application) -> None:
    with pytest.raises(ContentError):
        make_app(QUIZLIB_PRODUCTION="1")


@pytest.mark.parametrize(("proxies", "shown"), [("0", "http://localhost"), ("1", "https://thi.example.vn")])
def test_forwarded_addresses_are_believed_only_behind_a_proxy(
    make_app: Application, proxies: str, shown: str
) -> None:
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "thi.example.vn"}

    reply = make_app(QUIZLIB_PROXIES=proxies).test_client().get("/real", headers=forwarded)

    assert f'property="og:url" content="{shown}/real"' in reply.text
    assert ("Strict-Transport-Security" in reply.headers) == (proxies == "1")
