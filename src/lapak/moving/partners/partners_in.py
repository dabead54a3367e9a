"""What lists of a programme elsewhere say: its people, their links, and what they got. They are read together, for one list
names the people of another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from lapak.moving.bundle import SourceSheet
from lapak.moving.layout import Tells
from lapak.moving.partners.links_in import LinksTold, plan_links, read_links
from lapak.moving.partners.models import PartnerLink, PartnerPay
from lapak.moving.partners.pays_in import PaysTold, plan_pays, read_pays
from lapak.moving.partners.people import People
from lapak.moving.partners.persons_in import PersonsTold, plan_persons, read_persons
from lapak.moving.plan import Counts
from lapak.moving.problems import Problem
from lapak.moving.progress import Report
from lapak.people.shops.models import Shop


@dataclass(frozen=True, slots=True)
class Partners:
    """See `past_in.Told`."""

    persons: PersonsTold
    links: LinksTold
    pays: PaysTold

    @property
    def counts(self) -> Counts:
        return self.persons.counts + self.links.counts + self.pays.counts

    @property
    def problems(self) -> Sequence[Problem]:
        return list(chain(self.persons.problems, self.links.problems, self.pays.problems))

    @property
    def rows(self) -> Mapping[SourceSheet, int]:
        return self.persons.rows | self.links.rows | self.pays.rows

    def write(self, shop: Shop, upload_id: UUID | None, report: Report) -> None:
        """People first; a run that was killed is continued by running again."""
        for told in (self.persons, self.links, self.pays):
            told.write(shop, upload_id, report)


def read_partners(shop: Shop, sheets: Sequence[SourceSheet], report: Report) -> Partners:
    """Everything the lists say, compared with what is here."""

    def those_of(*tells: Tells) -> list[SourceSheet]:
        return [sheet for sheet in sheets if sheet.layout.tells in tells]

    people = People(shop, {sheet.platform for sheet in sheets})
    links, pays = LinksTold(PartnerLink), PaysTold(PartnerPay)
    persons = read_persons(people, those_of(Tells.PARTNERS), links, report)
    read_links(shop, people, those_of(Tells.PARTNER_LINKS), links, report)
    read_pays(people, those_of(Tells.COMMISSIONS, Tells.PAYOUTS), pays, report)
    plan_persons(people, persons)
    plan_links(shop, links)
    plan_pays(shop, pays)
    return Partners(persons, links, pays)
