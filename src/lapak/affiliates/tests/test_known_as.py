"""The same person, whether a report names them or they name their channel."""

import pytest

from lapak.affiliates.known_as import known_as


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("TikTok Shop", "ceu.edoh"),
        ("TikTok", "@Ceu.Edoh"),
        ("Tik Tok", " @ceu.edoh "),
        ("tiktok", "https://www.tiktok.com/@ceu.edoh?lang=id"),
        ("TIKTOK", "tiktok.com/@ceu.edoh/"),
        ("TikTok", "https://www.tiktok.com/@ceu.edoh/video/7301"),
    ],
)
def test_one_person(place: str, name: str) -> None:
    assert known_as(place, name) == "tiktok:ceu.edoh"


@pytest.mark.parametrize(
    ("place", "name"),
    [("Instagram", "ceu.edoh"), ("TikTok", "ceu.edoh.id"), ("Shopee", "ceu.edoh"), ("TikTok", "ceu edoh")],
)
def test_somebody_else(place: str, name: str) -> None:
    assert known_as(place, name) != "tiktok:ceu.edoh"


@pytest.mark.parametrize(
    ("place", "name"), [("", "ceu.edoh"), ("TikTok", " @ "), ("TikTok", "https://[bad"), ("!!", "x")]
)
def test_nobody(place: str, name: str) -> None:
    assert known_as(place, name) == ""
