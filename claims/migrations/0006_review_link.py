from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0005_factcheck_rounds")]

    operations = [
        migrations.AddField("review", "link", models.URLField(blank=True, default="", max_length=2000), preserve_default=False),
        migrations.AddField(
            "review", "link_title", models.CharField(blank=True, default="", max_length=300), preserve_default=False
        ),
        migrations.AddConstraint(
            "review",
            models.CheckConstraint(
                condition=models.Q(("link", ""))
                | models.Q(("link__istartswith", "http://"))
                | models.Q(("link__istartswith", "https://")),
                name="review_link_is_a_web_address",
            ),
        ),
    ]
