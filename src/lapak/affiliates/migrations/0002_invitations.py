from datetime import timedelta

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F
from django.utils import timezone


def keep_what_was(apps, schema_editor):
    """An invitation waited 90 days, and was open until it was accepted."""
    invitations = apps.get_model("affiliates", "CreatorInvitation").objects
    invitations.update(answer_by=F("made_at") + timedelta(days=90))
    invitations.filter(creator__isnull=False).update(state="accepted", ended_at=F("made_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('affiliates', '0001_initial'),
        ('shops', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='creatorinvitation',
            name='creator_invitation_once',
        ),
        migrations.AddField(
            model_name='creatorinvitation',
            name='answer_by',
            field=models.DateTimeField(default=timezone.now, help_text='Until when it can be accepted.'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='creatorinvitation',
            name='email',
            field=models.EmailField(blank=True, help_text='Where the shop reaches them; forgotten with the answer.', max_length=254),
        ),
        migrations.AddField(
            model_name='creatorinvitation',
            name='ended_at',
            field=models.DateTimeField(help_text='When it was answered, withdrawn, or had waited long enough.', null=True),
        ),
        migrations.AddField(
            model_name='creatorinvitation',
            name='invited',
            field=models.ForeignKey(db_index=False, help_text='Who alone may answer it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='affiliates.creator'),
        ),
        migrations.AddField(
            model_name='creatorinvitation',
            name='message',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='creatorinvitation',
            name='rate_ends_on',
            field=models.DateField(help_text='Its last day; empty: until the shop announces another.', null=True),
        ),
        migrations.AddField(
            model_name='creatorinvitation',
            name='reason',
            field=models.CharField(blank=True, help_text='Why it was declined, for the shop.', max_length=200),
        ),
        migrations.AddField(
            model_name='creatorinvitation',
            name='state',
            field=models.CharField(choices=[('open', 'waits for an answer'), ('accepted', 'accepted'), ('declined', 'declined'), ('withdrawn', 'withdrawn'), ('lapsed', 'not answered in time')], default='open', max_length=10),
        ),
        migrations.AddField(
            model_name='programmerate',
            name='ends_at',
            field=models.DateTimeField(help_text='Agreed from the beginning: it counts no more from then on.', null=True),
        ),
        migrations.RunPython(keep_what_was, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='creatorinvitation',
            index=models.Index(fields=['shop', '-made_at', '-id'], name='creator_invitation_of_shop'),
        ),
        migrations.AddIndex(
            model_name='creatorinvitation',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['invited', '-made_at', '-id'], name='creator_invitation_to_answer'),
        ),
        migrations.AddIndex(
            model_name='creatorinvitation',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['answer_by'], name='creator_invitation_due'),
        ),
        migrations.AddIndex(
            model_name='creatorinvitation',
            index=models.Index(fields=['made_at'], name='creator_invitation_made'),
        ),
        migrations.AddIndex(
            model_name='creatorinvitation',
            index=models.Index(condition=models.Q(('ended_at__isnull', False)), fields=['ended_at'], name='creator_invitation_ended'),
        ),
        migrations.AddIndex(
            model_name='programmerate',
            index=models.Index(condition=models.Q(('ends_at__isnull', False)), fields=['ends_at'], name='programme_rate_ends'),
        ),
        migrations.AddConstraint(
            model_name='creatorinvitation',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('shop', 'place', 'name'), name='creator_invitation_once'),
        ),
        migrations.AddConstraint(
            model_name='creatorinvitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('email', ''), ('ended_at__isnull', False)), _connector='OR'), name='creator_invitation_over_or_open'),
        ),
        migrations.AddConstraint(
            model_name='creatorinvitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('creator__isnull', False), ('state', 'accepted')), models.Q(models.Q(('state', 'accepted'), _negated=True), ('creator', None)), _connector='OR'), name='creator_invitation_accepted_by'),
        ),
    ]
