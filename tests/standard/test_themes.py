"""The theme tables."""

from servicehall.standard import themes


def test_the_tables_have_every_national_code_once():
    natural, legal = themes.of_kind("natural"), themes.of_kind("legal")
    assert len(natural) == 32
    assert len(legal) == 35
    assert len(themes.BY_KEY) == len(themes.THEMES) == 67
    assert "080" not in {theme.code for theme in themes.THEMES}  # unused in both


def test_a_theme_has_two_names_and_a_key():
    theme = themes.BY_KEY["natural-030"]
    assert (theme.name, theme.name_en) == ("就业创业", "Jobs and startups")
    assert themes.BY_NAME["legal", "投资审批"].code == "040"
