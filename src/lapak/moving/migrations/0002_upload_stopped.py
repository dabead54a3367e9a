"""An upload may stop on the way."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moving", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="upload",
            name="state",
            field=models.CharField(
                choices=[
                    ("looking", "being looked at"),
                    ("planned", "waiting for you"),
                    ("moving", "being moved in"),
                    ("done", "moved in"),
                    ("refused", "refused"),
                    ("stopped", "stopped on the way"),
                ],
                default="looking",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="upload",
            name="refusal",
            field=models.TextField(blank=True, help_text="Why it was refused, or stopped on the way, in words."),
        ),
    ]
