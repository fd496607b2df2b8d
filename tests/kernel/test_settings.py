"""Settings: variables over the file over the defaults; what is wrong is named."""

from pathlib import Path

import pytest

from servicehall.kernel.settings import HOME, Settings


@pytest.fixture
def file(tmp_path):
    return tmp_path / "servicehall.toml"


def load(file, **environ):
    if not file.exists():
        file.write_text("")
    return Settings.load({"HALL_SETTINGS": str(file), **environ})


def test_defaults_need_nothing(file):
    settings = load(file)
    assert (settings.mode, settings.port) == ("demo", 8000)
    assert settings.address == "http://127.0.0.1:8000"
    assert settings.folder == HOME / "instance"
    assert Path(settings.home) == HOME


def test_variables_come_before_the_file(file):
    file.write_text('port = 9000\nmode = "production"\n')
    assert load(file).port == 9000
    settings = load(file, HALL_PORT="9001")
    assert (settings.port, settings.mode) == (9001, "production")


def test_engines_are_embedded_in_the_data_folder_unless_said_otherwise(file, tmp_path):
    settings = load(file, HALL_DATA=str(tmp_path), HALL_STORAGE_URL="s3://bucket")
    assert settings.engine("database") == f"sqlite:///{tmp_path}/hall.db"
    assert settings.engine("signer") == f"file://{tmp_path}/keys"
    assert settings.engine("storage") == "s3://bucket"
    assert settings.registry_url == "embedded://"


def test_the_public_address_has_no_slash_at_its_end(file):
    assert load(file, HALL_PUBLIC_URL="https://hall.example/").address == "https://hall.example"


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"HALL_PROT": "1"}, "unknown settings: prot"),
        ({"HALL_B": "1", "HALL_A": "1"}, "unknown settings: a, b"),
        ({"HALL_PORT": "many"}, "port: not a number: many"),
        ({"HALL_MODE": "test"}, "mode: demo or production, not 'test'"),
    ],
)
def test_a_wrong_variable_is_named(file, environ, words):
    with pytest.raises(ValueError, match=words):
        load(file, **environ)


def test_a_wrong_file_is_named(file):
    file.write_text("colour = 1\n")
    with pytest.raises(ValueError, match="unknown settings: colour"):
        load(file)
    file.write_text("port = = 1\n")
    with pytest.raises(ValueError, match=r"servicehall\.toml"):
        load(file)


def test_variables_for_tests_and_of_others_do_not_count(file):
    load(file, HALL_REQUIRE_ALL="1", HALL_TEST_DATABASE_URL="x", PATH="/bin", HALLOWEEN="1")


def test_settings_do_not_change(file):
    with pytest.raises(AttributeError):
        load(file).port = 1


def test_a_settings_file_that_is_asked_for_must_be_there(tmp_path):
    with pytest.raises(ValueError, match="no such settings file"):
        Settings.load({"HALL_SETTINGS": str(tmp_path / "none.toml")})


def test_a_value_of_another_kind_is_named(file):
    file.write_text("data = 5\nhome = true\n")
    with pytest.raises(ValueError, match="not a text: data, home"):
        load(file)
    file.write_text("port = []\n")
    with pytest.raises(ValueError, match="port: not a number"):
        load(file)
