"""HTML descriptions as readable text."""

import pytest

from lapak.moving.plain_text import clean, plain_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "<p><strong>Sarung</strong></p><ul><li>Bahan: katun</li><li>Buatan Cirebon</li></ul><p>Cuci &amp; jemur.</p>",
            "Sarung\n\n• Bahan: katun\n• Buatan Cirebon\n\nCuci & jemur.",
        ),
        ("<p>satu<br>dua</p>", "satu\ndua"),
        ("<p>satu\n   dua</p>\n\n\n<p></p><p>tiga</p>", "satu dua\n\ntiga"),
        ("a &lt;b&gt; <i>c</i>", "a <b> c"),
        ("<script>alert(1)</script><style>p{}</style>aman<!-- tersembunyi -->", "aman"),
        ("<table><tr><td>Ukuran</td><td>M</td></tr><tr><td>Dada</td><td>50</td></tr></table>", "Ukuran M\nDada 50"),
        ("<ul><li></li><li>satu</li></ul>", "• satu"),
        ("tanpa tag\nbaris dua & <3", "tanpa tag\nbaris dua & <3"),
        ("baris\r\nsatu\r\n\r\n\r\n\r\ndua", "baris\nsatu\n\ndua"),
        ("<p>tidak ditutup <b>tebal", "tidak ditutup tebal"),
        ("Kopi &amp; gula&nbsp;aren, 5 &gt; 3 &#8211; ya", "Kopi & gula aren, 5 > 3 – ya"),
        ("<p>&amp;lt;b&amp;gt;</p>", "&lt;b&gt;"),
        ("", ""),
        ("<img src='x'>", ""),
    ],
)
def test_the_text_is_what_a_reader_sees(source: str, text: str) -> None:
    assert plain_text(source) == text


def test_clean_text_has_one_spelling_and_nothing_invisible() -> None:
    assert clean("  Kopi\u0000 Gayo\u0007 ") == "Kopi Gayo"
    assert clean("cafe\u0301") == "caf\u00e9"
    assert clean("dua\nbaris\tini") == "dua\nbaris\tini"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Batik &amp; Tenun", "Batik & Tenun"),
        ("R&D &amp murah", "R&D &amp murah"),
        ("\u200bSarung\u200b Batik\ufeff", "Sarung Batik"),
        ("\u202eBatik\u202c \u2067Lasem\u2069\u200f", "Batik Lasem"),
        ("\u200b\u200d\u2060\u00a0", ""),
        ("\u3164\u2800", ""),
        ("Ibu \U0001f469\u200d\U0001f467", "Ibu \U0001f469\u200d\U0001f467"),
    ],
)
def test_clean_text_is_what_is_seen(text: str, seen: str) -> None:
    assert clean(text) == seen


@pytest.mark.parametrize("text", ["Ukuran <dua>\n\ndan <3", "isi <10\npcs>", "a < b\n> c"])
def test_what_only_looks_like_a_tag_makes_no_html(text: str) -> None:
    assert plain_text(text) == text


@pytest.mark.parametrize(
    "source", ["<P>satu</P>", "satu<br>", "<span style='x'>satu</span>", "<b>satu", "<!-- -->satu"]
)
def test_html_is_known_by_its_own_tags(source: str) -> None:
    assert plain_text(source) == "satu"
