"""What Lapak keeps of a user is erased, as soon as nobody is owed it any more: docs/concepts/law-and-practice.md."""

import uuid

from django.db import transaction
from django.utils.translation import gettext, gettext_noop, override

from lapak.flows.erase_person.creator import erase_creator
from lapak.flows.erase_person.hindrances import hindrances_of
from lapak.flows.erase_person.own import erase_own, erase_sign_in
from lapak.flows.erase_person.seller import erase_seller
from lapak.lib.acts import act
from lapak.people.notices.commands import send_soon, write_mail
from lapak.people.privacy.erasures import lock_due_erasure, mark_erased, wait_for
from lapak.people.privacy.models import Erasure

ERASED = gettext_noop("Your data at Lapak are erased")
WHAT_STAYS = gettext_noop(
    "Nobody can sign in with your e-mail any more, and your name, addresses and words are gone. What the law makes us keep of "
    "orders, money and taxes stays under a number until its time is over. This is our last mail to you."
)


@act
def erase_person(erasure_id: uuid.UUID) -> Erasure:
    """Names, addresses, phones, e-mails, pictures, sessions and words of the user are gone, and nobody signs in as them; what the
    law keeps (the register says which: compliance/processing.py) stays under a number. Where somebody is still owed something
    the user is told what it waits for, and it is looked at again soon.

    Refuses one whose time it is not (`ErasureNotDue`).
    """
    erasure = lock_due_erasure(erasure_id)
    if hindrances := hindrances_of(erasure.user):
        wait_for(erasure, hindrances)
        return erasure
    email, language = erasure.user.email, erasure.user.language
    erase_seller(erasure.user)
    erase_creator(erasure.user)
    erase_own(erasure.user)
    erase_sign_in(erasure.user)
    mark_erased(erasure)
    with override(language):
        write_mail(to=email, subject=gettext(ERASED), text=gettext(WHAT_STAYS))
    transaction.on_commit(send_soon)
    return erasure
