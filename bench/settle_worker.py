"""A worker's part of `settle`: for each line of its input, settle and credit all that is due, then say so."""

import gc
import sys

from lapak.flows.clocks import credit_due_creators
from lapak.flows.settle_order import settle_in_batches
from lapak.trade.orders import clocks as due


def main() -> None:
    """Ready once it has said so the first time; ends with its input."""
    gc.freeze()  # as `lapak work` does
    print("ready", flush=True)
    for _ in sys.stdin:
        while settle_in_batches(due.orders_to_settle()):
            pass
        while credit_due_creators():
            pass
        print("done", flush=True)


if __name__ == "__main__":
    main()
