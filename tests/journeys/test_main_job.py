"""The main job, as `./lapak demo --check` runs it: from an export file to payouts, through HTTP."""

import json
import os
import subprocess
import sys

from django.conf import settings


def test_from_the_export_file_to_the_last_rupiah() -> None:
    finished = subprocess.run(
        [sys.executable, "-P", "-m", "lapak", "demo", "--check"],
        env=os.environ | {"PYTHONPATH": str(settings.ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    summary = json.loads(finished.stdout.splitlines()[-1])
    assert summary.pop("check_books")["differences"] == 0
    assert summary == {
        "moved_in": {"products": 124, "skus": 633, "stock": 82648, "images": 378},
        "split": {
            "gateway_fee_idr": 805,
            "courier_idr": 15000,
            "seller_idr": 87780,
            "creator_idr": 9750,
            "platform_fee_idr": 2000,
            "tax_vat_idr": 220,
            "tax_pph21_idr": 250,
        },
        "second_move_in_changed": 0,
        "late_duplicate_webhooks": 3,
        "return": {"goods_idr": 100000, "shipping_idr": 15000, "way_back_idr": 14000},
        "late_payment": {"refunded_idr": 115000, "by": "gateway", "refund": "arrived"},
        "books_balanced": True,
    }
