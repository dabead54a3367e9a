"""A template's parts that are the same for everybody are put together once for each language, and say what they said."""

import pytest
from django.template import Context, Engine, RequestContext
from django.template.base import TextNode
from django.template.defaulttags import ForNode
from django.test import RequestFactory
from django.utils.translation import override

OURS = "lapak.web.shell.once.Loader"
FILES = "django.template.loaders.app_directories.Loader"

WORDS = '{% load i18n %}<p>{% translate "Cart" %}</p> {% blocktranslate trimmed %}Sign in{% endblocktranslate %}'


def alike(loader: object) -> Engine:
    """The site's template engine, but for how it loads."""
    site = Engine.get_default()
    return Engine(
        loaders=[loader], libraries=site.libraries, builtins=site.builtins, context_processors=site.context_processors
    )


def one(text: str, *, ours: bool = True) -> Engine:
    alone = ("django.template.loaders.locmem.Loader", {"page.html": text})
    return alike((OURS, [alone]) if ours else alone)


def says(text: str, **names: object) -> str:
    with override("id"):
        return one(text).get_template("page.html").render(Context(names))


def test_words_are_kept_apart_by_language() -> None:
    engine = one(WORDS)
    for language, said in (("id", "Keranjang</p> Masuk"), ("en", "Cart</p> Sign in"), ("id", "Keranjang</p> Masuk")):
        with override(language):
            assert engine.get_template("page.html").render(Context()) == f"<p>{said}"


@pytest.mark.parametrize(
    "text",
    [
        WORDS,
        '{% load static %}<link href="{% static "shell/favicon.svg" %}">',
        '<a href="{% url "help" %}#money">',
        '{% load lapak %}{% icon "cart" "icon-l" %}{% picture "basket" %}',
        "{% comment %}not said{% endcomment %}{# nor this #}said",
    ],
)
def test_what_needs_nothing_is_plain_text(text: str) -> None:
    template = one(text).get_template("page.html")
    assert [type(node) for node in template.nodelist] == [TextNode]
    assert template.render(Context()) == one(text, ours=False).get_template("page.html").render(Context())


def test_also_within_a_condition_a_loop_and_a_block() -> None:
    text = """{% load i18n %}{% block all %}{% if yes %}{% for n in many %}{% translate "Cart" %}{{ n }}{% endfor %}{% endif %}
    {% endblock %}"""
    (loop,) = one(text).get_template("page.html").nodelist.get_nodes_by_type(ForNode)
    assert isinstance(loop, ForNode)
    assert isinstance(loop.nodelist_loop[0], TextNode)
    assert says(text, yes=True, many=[1, 2]).strip() == "Keranjang1Keranjang2"
    assert says(text, yes=False, many=[1, 2]).strip() == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{% load i18n %}{% translate word %}", "Keranjang"),
        ("{% load i18n %}{% blocktranslate %}a {{ word }}{% endblocktranslate %}", "a Cart"),
        ('{% load i18n %}{% translate "Cart" as said %}{{ said }}', "Keranjang"),
        ('{% load i18n %}{% language "en" %}{% translate "Cart" %}{% endlanguage %}', "Cart"),
        ('{% if no %}{% url "no_such_page" %}{% endif %}', ""),
        ('{% url "category" word %}', "/c/Cart"),
    ],
)
def test_what_depends_on_something_is_asked_each_time(text: str, said: str) -> None:
    assert says(text, word="Cart") == said


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", ["shell/help.html", "shop/page.html", "404.html"])
def test_whole_pages_say_what_django_alone_would(name: str, language: str, rf: RequestFactory) -> None:
    def page(loader: object) -> str:
        with override(language):
            return alike(loader).get_template(name).render(RequestContext(rf.get("/help"), {"user": None}))

    assert page((OURS, [FILES])) == page(FILES)
