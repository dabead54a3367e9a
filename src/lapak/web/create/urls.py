"""Addresses of the creator centre."""

from django.urls import path

from lapak.web.create import balance, commissions, invitations, links, many_links, overview, programmes, showcase, tax

urlpatterns = [
    path("create", overview.overview, name="create"),
    path("create/join", overview.join, name="create_join"),
    path("create/programmes", programmes.programmes, name="create_programmes"),
    path("create/programmes/<uuid:programme_id>/join", programmes.join, name="create_programme_join"),
    path("create/invitations/<slug:code>", invitations.invitation, name="create_invitation"),
    path("create/invitations/<slug:code>/accept", invitations.accept, name="create_invitation_accept"),
    path("create/links", links.links, name="create_links"),
    path("create/links/new", links.new_link, name="create_link_new"),
    path("create/many-links", many_links.many_links, name="create_links_many"),
    path("create/links/<slug:code>", links.link, name="create_link"),
    path("create/links/<slug:code>/change", links.change, name="create_link_change"),
    path("create/links/<slug:code>/archive", links.archive, name="create_link_archive"),
    path("create/links/<slug:code>/restore", links.restore, name="create_link_restore"),
    path("create/links/<slug:code>/qr.png", links.link_picture, name="create_link_png"),
    path("create/links/<slug:code>/qr.svg", links.link_drawing, name="create_link_svg"),
    path("create/showcase", showcase.showcase, name="create_showcase"),
    path("create/showcase/look", showcase.look, name="create_showcase_look"),
    path("create/showcase/cover", showcase.cover, name="create_showcase_cover"),
    path("create/showcase/arrange", showcase.arrange, name="create_showcase_arrange"),
    path("create/commissions", commissions.commissions, name="create_commissions"),
    path("create/commissions/<uuid:commission_id>", commissions.commission, name="create_commission"),
    path("create/balance", balance.balance, name="create_balance"),
    path("create/balance/coming", balance.coming, name="create_coming"),
    path("create/tax", tax.tax, name="create_tax"),
    path("create/tax/identity", tax.identity, name="create_tax_identity"),
    path("create/tax/<int:year>.pdf", tax.year_paper, name="create_tax_year"),
    path("create/tax/<uuid:month_id>.pdf", tax.slip, name="create_tax_slip"),
    path("create/balance/payouts", balance.payouts, name="create_payouts"),
    path("create/balance/bank-account", balance.bank_account, name="create_bank_account"),
    path("create/balance/<uuid:reference>", balance.transfers, name="create_transfers"),
]
