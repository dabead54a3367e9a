"""What people were told in a test that runs in one transaction, where no follower sees what is not committed."""

from lapak.flows.tell_people.logs import FOLLOWED
from lapak.people.notices.commands import tell
from lapak.people.notices.models import Notice
from lapak.people.users.models import User


def tell_all() -> None:
    """Every event there is, as the follower would have it in batches; again, nothing more happens."""
    for followed in FOLLOWED:
        ids = list(followed.events._default_manager.order_by("id").values_list("pk", flat=True))
        tell(list(followed.tellings(ids)))


def facts_of(reader: User) -> list[str]:
    """What the reader was told, in the order it happened."""
    tell_all()
    return list(Notice.objects.filter(reader_id=reader.id).order_by("happened_at", "id").values_list("fact", flat=True))


def notice_of(reader: User, fact: str) -> Notice:
    """The one notice of this fact that the reader has."""
    tell_all()
    return Notice.objects.get(reader_id=reader.id, fact=fact)
