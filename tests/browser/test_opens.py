"""JupyterLab opens with the extension in it, and nothing complains."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.lab import LabPage


def test_the_launcher_offers_ml_notebooks(lab: LabPage) -> None:
    """The launcher has the category, with a card for each of the four kinds and one for scratch."""
    section = lab.page.locator(".jp-Launcher-section", has_text="ML notebooks")
    expect(section).to_be_visible()
    expect(section.locator(".jp-LauncherCard")).to_have_count(5)


def test_nothing_complains(lab: LabPage) -> None:
    """Opening the app leaves no error in the browser's console."""
    assert [] == lab.errors


def test_the_theme_changes_and_pictures_are_small(lab: LabPage) -> None:
    """A screenshot exists light and dark, and fits into the repository."""
    light, dark = lab.screenshot("launcher")
    assert light.read_bytes() != dark.read_bytes()
    assert max(light.stat().st_size, dark.stat().st_size) < 300_000
