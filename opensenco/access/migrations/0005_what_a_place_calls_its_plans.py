"""What a place calls its plans stands on the organisation, for everybody who meets one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0004_sign_in_strength")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="plan_word",
            field=models.CharField(blank=True, default="", max_length=60),
        ),
    ]
