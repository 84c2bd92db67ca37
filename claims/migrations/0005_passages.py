from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_filing_keys")]

    operations = [
        migrations.RemoveIndex(model_name="revision", name="revision_fingerprints"),
        # The article first: the key is made of it.
        migrations.CreateModel(
            name="Passage",
            fields=[
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passages",
                        to="claims.article",
                    ),
                ),
                ("value", models.BigIntegerField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "article_id", "value", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.outlet",
                    ),
                ),
                ("day", models.DateField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["value", "day", "article"], name="passage_by_day"),
                    models.Index(fields=["value", "outlet", "day"], name="passage_of_outlet"),
                ],
            },
        ),
    ]
