"""Addresses that belong to no audience."""

from django.conf import settings
from django.templatetags.static import static
from django.urls import path, re_path
from django.views.generic import RedirectView

from lapak.web.shell import breaches, closing, fees, kept, law, looking, notices, places, privacy, views

urlpatterns = [
    # Browsers, feed readers and link previews ask for it here, whatever a page says.
    path("favicon.ico", RedirectView.as_view(url=static("shell/favicon-180.png")), name="favicon"),
    # Beside the static files, and for as long: its address changes with its content.
    path(f"{settings.STATIC_URL.lstrip('/')}shell.css", views.style_sheet, name="style_sheet"),
    path("breaches", breaches.breaches_page, name="breaches"),
    path("closing", closing.status_page, name="closing"),
    path("help", views.help_page, name="help"),
    path("fees", fees.fees_page, name="fees"),
    path("fees/<int:number>.pdf", fees.contract, name="fee_contract"),
    path("law", law.law_page, name="law"),
    path("privacy", privacy.privacy_page, name="privacy"),
    # Without a token: a forged change of language harms nobody, and a token in every footer would give every page
    # a cookie of its own and keep it out of shared caches.
    path("language", notices.set_language, name="set_language"),
    path("again", kept.again, name="again"),
    path("places", places.look_up, name="places"),
    path("looking/end", looking.end, name="look_end"),
    path("notices", notices.notices, name="notices"),
    path("notices/read", notices.read_all, name="notices_read"),
    path("notices/<uuid:notice_id>", notices.open_notice, name="notice"),
    path("account/mails", notices.mail_choices, name="mail_choices"),
    path("mails/off/<str:token>", notices.unsubscribe, name="unsubscribe"),
    # Only pictures: other stored files (payout lists, exports) are never public. One dot, so that `..` leads nowhere.
    re_path(r"^media/(?P<path>(?:pictures|images)/[\w/-]+\.\w+)$", views.media, name="media"),
    path("returns/<uuid:return_id>/receipt", views.receipt, name="return_receipt"),
    path("returns/<uuid:return_id>/pictures", views.add_return_pictures, name="return_pictures"),
    path("returns/<uuid:return_id>/pictures/<uuid:picture_id>", views.return_picture, name="return_picture"),
    path("appeals/<uuid:finding_id>/pictures/<uuid:picture_id>", views.appeal_picture, name="appeal_picture"),
    path("cases/pictures/<uuid:picture_id>", views.case_picture, name="case_picture"),
    path("channels/<uuid:channel_id>/proof", views.channel_proof, name="channel_proof"),
    path("staff/style", views.style, name="style"),
    path("staff/style/centre", views.style_of_centres, name="style_of_centres"),
]
