"""What stands in the way of people who use a page with other eyes or hands: axe-core's rules, and a focus that a bar hides."""

from pathlib import Path

from playwright.sync_api import BrowserContext, Page

AXE = Path(__file__).parent / "vendor/axe-core/axe-core-4.14.1.min.js"

# The size of targets is the one rule of WCAG 2.2 AA that axe-core leaves off unless it is asked for.
_FOUND = """async () => {
  document.getAnimations().filter((a) => a instanceof CSSTransition).forEach((a) => a.finish());
  const { violations } = await axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } });
  return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(
    (node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary.replaceAll(/\\s+/g, ' ').slice(0, 300)}`));
}"""

# WCAG 2.2, 2.4.11: what has the focus is not wholly behind something that stays where it is.
_HIDDEN = """() => {
  const bars = [...document.body.querySelectorAll('*')].filter((e) =>
    ['fixed', 'sticky'].includes(getComputedStyle(e).position) && e.checkVisibility());
  const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter((e) => e.checkVisibility() && !bars.some((bar) => bar.contains(e)));
  const hidden = stops.filter((e) => {
    e.focus();
    const at = e.getBoundingClientRect();
    return document.activeElement === e && bars.some((bar) => {
      const over = bar.getBoundingClientRect();
      return over.top <= at.top && at.bottom <= over.bottom && over.left <= at.left && at.right <= over.right;
    });
  });
  document.activeElement?.blur();
  scrollTo(0, 0);
  return hidden.slice(0, 3).map((e) => `hidden while it has the focus: ${e.outerHTML.slice(0, 160)}`);
}"""


def bring_axe(browser: BrowserContext) -> None:
    """Every page of the browser has axe-core with it, before the page's own policy can say no."""
    browser.add_init_script(path=AXE)


def barriers(page: Page) -> list[str]:
    """What axe-core finds on the page as it stands: the rule, the element, and what is wrong."""
    found: list[str] = page.evaluate(_FOUND)
    return found


def hidden_by_bars(page: Page) -> list[str]:
    """What a bar of the page covers while it has the focus."""
    hidden: list[str] = page.evaluate(_HIDDEN)
    return hidden


# Of what may be bought something is seen before anybody scrolls, and one bar at the bottom is enough beside it.
_FIRST_SCREEN = """() => {
  const seen = (e) => e && e.checkVisibility();
  const home = document.querySelector('.hero-home'), card = document.querySelector('.product-card');
  const bars = [...document.querySelectorAll('.tab-bar, main .action-bar.phone-only, main .closing-bar')].filter(seen);
  const ground = innerHeight - Math.max(0, ...bars.map((bar) => bar.getBoundingClientRect().height));
  return [
    ...(home && card && card.getBoundingClientRect().top > ground - 100 ? ['no goods in the first screen'] : []),
    ...(bars.length > 1 ? ['two bars at the bottom'] : []),
  ];
}"""


def in_the_first_screen(page: Page) -> list[str]:
    """What keeps a phone's first screen from showing goods, of the pages where they are bought."""
    found: list[str] = page.evaluate(_FIRST_SCREEN)
    return found
