"""What goes wrong while a page is loaded: something that is not there, comes from elsewhere, or complains in the console."""

from playwright.sync_api import ConsoleMessage, Page, Request, Response


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
