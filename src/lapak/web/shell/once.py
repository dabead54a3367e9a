"""What a template says to everybody is put together once, for each language: words, icons, addresses of pages and files.

Most of a page is its frame, and most of that never changes; asked for node by node it is most of what a page costs.
A template is therefore kept once for each language, with every part that depends on nothing but the language as plain
text. Templates are written as if this were not so.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar

from django.template import Context, Node, Origin, Template
from django.template.base import FilterExpression, NodeList, TextNode, Variable
from django.template.defaulttags import CommentNode, IfNode, LoadNode, URLNode
from django.template.library import SimpleNode
from django.template.loaders import base, cached
from django.templatetags.i18n import BlockTranslateNode, LanguageNode, TranslateNode
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch
from django.utils.translation import get_language

_MARK = "is_always_the_same"

Tag = TypeVar("Tag", bound=Callable[..., object])


def always_the_same(tag: Tag) -> Tag:
    """Marks a simple tag whose answer depends on its arguments alone."""
    setattr(tag, _MARK, True)
    return tag


class PutTogether(base.Loader):
    """Reads a template and puts together what it says to everybody."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        """The template in the current language."""
        template = super().get_template(template_name, skip)
        context = Context()
        with context.bind_template(template):
            _put_together(template.nodelist, context)
        return template


class Loader(cached.Loader, PutTogether):
    """Django's cached loader, with a template for each language."""

    def cache_key(self, template_name: str, skip: list[Origin] | None = None) -> str:
        """Apart by language."""
        return f"{get_language()} {super().cache_key(template_name, skip)}"


def _put_together(nodes: NodeList, context: Context) -> None:
    together: list[Node] = []
    for node in nodes:
        for within in _lists_in(node):
            _put_together(within, context)
        text = _text_of(node, context)
        if text is None:
            together.append(node)
        elif together and isinstance(together[-1], TextNode):
            together[-1] = TextNode(together[-1].s + text)
        else:
            together.append(TextNode(text))
    nodes[:] = together


def _lists_in(node: Node) -> Iterator[NodeList]:
    """What stands within the node in the template's own language."""
    if isinstance(node, LanguageNode):
        return
    if isinstance(node, IfNode):
        yield from (nodes for _, nodes in node.conditions_nodelists)
    yield from (value for value in vars(node).values() if isinstance(value, NodeList))


def _text_of(node: Node, context: Context) -> str | None:
    """What the node always says; none if that depends on anything."""
    if isinstance(node, TextNode):
        return node.s
    if isinstance(node, (LoadNode, CommentNode)):
        return ""
    if not _says_the_same(node):
        return None
    try:
        return str(node.render(context))
    except NoReverseMatch:  # in a branch that is never taken here, of a template that came with a package
        return None


def _says_the_same(node: Node) -> bool:
    match node:
        case TranslateNode():
            return not (node.asvar or node.message_context) and _is_constant(node.filter_expression)
        case BlockTranslateNode():
            needs = node.extra_context or node.countervar or node.message_context or node.asvar
            return not needs and not node.render_token_list(node.singular)[1]
        case URLNode():
            is_alone = not (node.asvar or node.kwargs) and ":" not in str(node.view_name.var)
            return is_alone and all(map(_is_constant, [node.view_name, *node.args]))
        case StaticNode():
            return not node.varname and _is_constant(node.path)
        case SimpleNode():
            given = [*node.args, *node.kwargs.values()]
            is_marked = hasattr(node.func, _MARK)
            return is_marked and not (node.takes_context or node.target_var) and all(map(_is_constant, given))
    return False


def _is_constant(expression: FilterExpression) -> bool:
    return not expression.filters and not (isinstance(expression.var, Variable) and expression.var.lookups)
