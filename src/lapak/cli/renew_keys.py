"""`lapak renew-keys`: what is kept sealed is sealed by today's secret, so that one of before can go."""

import django

from lapak.cli.screen import err


def renew_keys() -> None:
    """Seal second factors and papers by today's LAPAK_SECRET_KEY; then LAPAK_OLD_SECRET_KEYS may go. Again, it does the same."""
    django.setup()
    from lapak.money.taxes.letters import renew_papers
    from lapak.people.users.second_factors import renew_second_factors

    factors, papers = renew_second_factors(), renew_papers()
    err.print(
        f"Sealed by today's secret: {factors} second factors, {papers} papers. No older secret opens anything now."
    )
