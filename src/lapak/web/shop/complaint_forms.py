"""The forms of complaints."""

from django import forms
from django.utils.translation import gettext_lazy

from lapak.trade.complaints.models import Complaint
from lapak.trade.complaints.rules import LONGEST_COMPLAINT, SHORTEST_COMPLAINT
from lapak.web.shell.forms import RadioCards


class ComplaintForm(forms.Form):
    """What it is about, and what went wrong."""

    topic = forms.ChoiceField(
        label=gettext_lazy("What is it about?"), choices=Complaint.Topic.choices, widget=RadioCards()
    )
    words = forms.CharField(
        label=gettext_lazy("What happened, and what do you want?"),
        min_length=SHORTEST_COMPLAINT,
        max_length=LONGEST_COMPLAINT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class GoOnForm(forms.Form):
    """Why the shop's answer settles nothing."""

    words = forms.CharField(
        label=gettext_lazy("What is still wrong?"),
        min_length=SHORTEST_COMPLAINT,
        max_length=LONGEST_COMPLAINT,
        help_text=gettext_lazy("Lapak and the shop read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
