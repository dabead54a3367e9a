"""Strangers who hold connections and bring too much, in a process of their own: `python -m bench.attackers PORT`, until killed.

A thousand idle connections, a hundred that send their headers byte by byte and a hundred their body, and ten times a second what
no server should take: a body that is too large, headers without end, no HTTP at all. Whoever is shut out comes back.
"""

import asyncio
import sys
from contextlib import suppress

FORM = b"Host: localhost\r\nOrigin: http://localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
SLOW_HEADERS = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
SLOW_BODY = b"POST /cart/add HTTP/1.1\r\n" + FORM + b"Content-Length: 60000\r\n\r\n"
HELD = ((b"", 1_000), (SLOW_HEADERS, 100), (SLOW_BODY, 100))
THROWN = (
    b"POST /checkout HTTP/1.1\r\n" + FORM + b"Content-Length: 1000000000000\r\n\r\n" + b"x" * 10_000,
    b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"x" * 1_000) for n in range(200)),
    b"\x16\x03\x01 nothing of HTTP\r\n\r\n" * 100,
)

BYTE_EVERY_S = 2
ONE_EVERY_S = 0.1
COMES_BACK_AFTER_S = 1


async def attack(port: int) -> None:
    """Until killed."""
    held = [_again(port, beginning, COMES_BACK_AFTER_S) for beginning, count in HELD for _ in range(count)]
    await asyncio.gather(*held, *(_again(port, thrown, ONE_EVERY_S * len(THROWN)) for thrown in THROWN))


async def _again(port: int, beginning: bytes, after_s: float) -> None:
    while True:
        with suppress(OSError):
            await _hold(port, beginning)
        await asyncio.sleep(after_s)


async def _hold(port: int, beginning: bytes) -> None:
    """A connection that is never done, until the server ends it: a byte now and then where it has begun to say something."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(beginning)
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(reader.read(1_000), BYTE_EVERY_S)
                return
            writer.write(b"x" if beginning else b"")
            await writer.drain()
    finally:
        writer.close()


if __name__ == "__main__":
    asyncio.run(attack(int(sys.argv[1])))
