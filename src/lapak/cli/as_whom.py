"""As which user of the machine Lapak runs."""

import os

from lapak.lib.trouble import Trouble


def refuse_root() -> None:
    """`Trouble` where root would read what strangers send: a market that is reached by https is no longer tried out."""
    from django.conf import settings

    if os.geteuid() == 0 and settings.BASE_URL.startswith("https://"):
        raise Trouble(
            "Lapak does not run as root where strangers send files: they would be read with every right there is. Make a user "
            "for it with `useradd --system --create-home lapak`, give it the folder of LAPAK_HOME, and start Lapak as that user."
        )
