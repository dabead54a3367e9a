"""Reading when PPh 22 is withheld."""

from datetime import date

from lapak.money.taxes.models import Pph22Step
from lapak.money.taxes.pph22_rules import PPH22_BP, Step, is_withheld


def steps() -> list[Step]:
    """Every step, in the order in which they were set."""
    return [Step(*row) for row in Pph22Step.objects.order_by("set_at", "id").values_list("begins_on", "is_on")]


def steps_with_words() -> list[Pph22Step]:
    """As they are read: what was set last on top."""
    return list(Pph22Step.objects.select_related("set_by").order_by("-set_at", "-id"))


def pph22_bp(on: date) -> int:
    """What is withheld from goods paid on the day, basis points, unless their shop is exempt."""
    return PPH22_BP.on(on) if is_withheld(on, steps()) else 0
