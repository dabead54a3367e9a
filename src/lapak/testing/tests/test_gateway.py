"""The stand-in gateway of the example market and of tests ends with whoever started it."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

OPENS_ONE = """
import sys, time
from pathlib import Path
from lapak.testing.gateway import running_gateway
with running_gateway(Path(sys.argv[1]), api_key="a", secret="whsec_YQ==", merchant_webhook="http://127.0.0.1:9/") as url:
    print(url, flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_with_whoever_started_it(tmp_path: Path, how: signal.Signals) -> None:
    command = [sys.executable, "-c", OPENS_ONE, str(tmp_path / "gateway.sqlite3")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout
        url = started.stdout.readline().strip()
        assert httpx.get(url, trust_env=False).status_code < 500
        started.send_signal(how)
    assert _is_gone(url)


def _is_gone(url: str) -> bool:
    for _ in range(100):
        try:
            httpx.get(url, trust_env=False)
        except httpx.TransportError:
            return True
        time.sleep(0.1)
    return False
