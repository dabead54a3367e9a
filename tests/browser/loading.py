"""What goes wrong while a page is loaded: something that is not there, comes from elsewhere, or complains in the console; what
moves after it was seen; and sheets that keep it waiting."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

A_HAIR = 0.005
"""A twentieth of what still counts as good: a countdown whose figures differ in width, a header drawn before its last link has
come over a slow line."""

MOST_SHEETS = 2
"""The one of all pages, and one of their audience's: each is waited for before anything is drawn."""

_WATCH_MOVES = """
  window.movesSeen = [];
  window.movesObserver = new PerformanceObserver((seen) => window.movesSeen.push(...seen.getEntries()));
  window.movesObserver.observe({ type: 'layout-shift', buffered: true });
"""

# What people bring about themselves by a tap is no move; a frame later the last one has been told of.
_MOVED = """async (hair) => {
  await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  const what = ({ node }) => node?.outerHTML?.slice(0, 160) ?? node?.textContent?.slice(0, 80) ?? 'something';
  return [...window.movesSeen, ...window.movesObserver.takeRecords()]
    .filter((move) => !move.hadRecentInput && move.value >= hair)
    .map((move) => `moved by ${move.value.toFixed(4)}: ${move.sources.map(what).join(' | ')}`);
}"""

_SHEETS = "() => [...document.querySelectorAll('link[rel=stylesheet]')].map((sheet) => sheet.getAttribute('href'))"


def watch_moves(browser: BrowserContext) -> None:
    """Every page of the browser notes from its beginning what moves on it."""
    browser.add_init_script(_WATCH_MOVES)


def moved(page: Page) -> list[str]:
    """What has moved on the page since its beginning, though nobody touched it (its sum is Lighthouse's CLS), and how far."""
    found: list[str] = page.evaluate(_MOVED, A_HAIR)
    return found


def too_many_sheets(page: Page) -> list[str]:
    """The style sheets of a page that has more than it may."""
    sheets: list[str] = page.evaluate(_SHEETS)
    return [f"{len(sheets)} style sheets: {', '.join(sheets)}"] if len(sheets) > MOST_SHEETS else []


def troubles_of(page: Page, address: str) -> list[str]:
    """A list that grows while the page is used. The page itself may be a 404: what it fetches may not."""
    troubles: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((f"{address}/", "data:", "blob:")):
            troubles.append(f"another origin: {request.url}")

    def answered(response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            troubles.append(f"{response.status}: {response.url}")

    def said(message: ConsoleMessage) -> None:
        is_page_itself = message.location.get("url") == page.url
        if message.type == "error" and not (is_page_itself and "Failed to load resource" in message.text):
            troubles.append(f"console: {message.text}")

    page.on("request", asked)
    page.on("response", answered)
    page.on("console", said)
    page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
    return troubles
