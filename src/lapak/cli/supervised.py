"""`python -m lapak.cli.supervised MODULE …`: run a module until it ends, or until whoever started it is gone."""

import os
import runpy
import signal
import sys
import threading
import time

from lapak.cli.supervisor import GRACE_S


def stop_with_supervisor() -> None:
    """Stop this process once its supervisor is gone, even if that was killed.

    Only the supervisor holds the other end of our standard input, so reading it ends when the supervisor does.
    """
    os.read(0, 1)  # not through sys.stdin, whose lock would then be held in every process that Granian forks
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_S)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    threading.Thread(target=stop_with_supervisor, daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
