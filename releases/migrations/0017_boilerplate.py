"""The office's standing words, and what a release of each kind begins with."""

from django.db import migrations, models

#: Kind, language, paragraphs. The checklist finds what stands in brackets.
TEMPLATES = [
    ("press_release", "en", [
        "<p>[news: what happened, who did it and why it matters, in one sentence]</p>",
        "<p>“[quote: what it means, as one would say it],” said [name], [title].</p>",
        "<p>[text: the figures, and where they come from]</p>",
        "<p>[link: the report, the data]</p>",
    ]),
    ("press_release", "es", [
        "<p>[noticia: qué pasó, quién lo hizo y por qué importa, en una frase]</p>",
        "<p>“[cita: qué significa, como se diría de viva voz]”, dijo [nombre], [cargo].</p>",
        "<p>[texto: las cifras, y de dónde vienen]</p>",
        "<p>[enlace: el informe, los datos]</p>",
    ]),
    ("press_release", "pt-br", [
        "<p>[notícia: o que aconteceu, quem fez e por que importa, em uma frase]</p>",
        "<p>“[citação: o que isso significa, como se diria em voz alta]”, disse [nome], [cargo].</p>",
        "<p>[texto: os números, e de onde vêm]</p>",
        "<p>[link: o relatório, os dados]</p>",
    ]),
    ("statement", "en", [
        "<p>[name], [title], made the following statement on [news]:</p>",
        "<blockquote><p>“[quote]”</p></blockquote>",
    ]),
    ("statement", "es", [
        "<p>[nombre], [cargo], hizo la siguiente declaración sobre [noticia]:</p>",
        "<blockquote><p>“[cita]”</p></blockquote>",
    ]),
    ("statement", "pt-br", [
        "<p>[nome], [cargo], fez a seguinte declaração sobre [notícia]:</p>",
        "<blockquote><p>“[citação]”</p></blockquote>",
    ]),
    ("media_advisory", "en", [
        "<p>[news: what will happen, and why journalists should be there]</p>",
        "<ul><li><strong>What:</strong> [event]</li><li><strong>Who:</strong> [names]</li>"
        "<li><strong>When:</strong> [date], [time]</li>"
        "<li><strong>Where:</strong> [place], [address]</li>"
        "<li><strong>To attend:</strong> [link]</li></ul>",
    ]),
    ("media_advisory", "es", [
        "<p>[noticia: qué va a pasar, y por qué conviene que la prensa esté]</p>",
        "<ul><li><strong>Qué:</strong> [acto]</li><li><strong>Quiénes:</strong> [nombres]</li>"
        "<li><strong>Cuándo:</strong> [fecha], [hora]</li>"
        "<li><strong>Dónde:</strong> [lugar], [dirección]</li>"
        "<li><strong>Para asistir:</strong> [enlace]</li></ul>",
    ]),
    ("media_advisory", "pt-br", [
        "<p>[notícia: o que vai acontecer, e por que a imprensa deve estar presente]</p>",
        "<ul><li><strong>O quê:</strong> [evento]</li><li><strong>Quem:</strong> [nomes]</li>"
        "<li><strong>Quando:</strong> [data], [hora]</li>"
        "<li><strong>Onde:</strong> [local], [endereço]</li>"
        "<li><strong>Para participar:</strong> [link]</li></ul>",
    ]),
    ("open_letter", "en", [
        "<p>Dear [name],</p>",
        "<p>[text: what the signers ask for, and why]</p>",
        "<p>Sincerely,</p>",
        "<p>[names: each with title and place, given for identification only]</p>",
    ]),
    ("open_letter", "es", [
        "<p>A [nombre]:</p>",
        "<p>[texto: qué piden quienes firman, y por qué]</p>",
        "<p>Atentamente,</p>",
        "<p>[nombres: cada uno con su cargo y lugar, solo a título de identificación]</p>",
    ]),
    ("open_letter", "pt-br", [
        "<p>A [nome],</p>",
        "<p>[texto: o que os signatários pedem, e por quê]</p>",
        "<p>Atenciosamente,</p>",
        "<p>[nomes: cada um com cargo e lugar, apenas para identificação]</p>",
    ]),
]  # fmt: skip


def begin(apps, schema_editor):
    """Store a template for each kind and language, for the desk to go on from."""
    template = apps.get_model("releases", "Template")
    template.objects.bulk_create(
        template(kind=kind, language=language, body="\n".join(blocks))
        for kind, language, blocks in TEMPLATES
    )


class Migration(migrations.Migration):
    dependencies = [
        ("releases", "0016_attachments"),
    ]

    operations = [
        migrations.CreateModel(
            name="Boilerplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("about", "About the office (below each release)"),
                            ("note", "Notes to editors (below each release)"),
                            ("address", "Postal address (at the end of each page)"),
                            ("links", "Elsewhere on the web (at the end of each page)"),
                        ],
                        default="about",
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("es", "Español"), ("pt-br", "Português")],
                        default="en",
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("body", models.TextField(verbose_name="text")),
            ],
            options={
                "verbose_name": "boilerplate",
                "verbose_name_plural": "boilerplate",
                "ordering": ["language", "what"],
                "constraints": [
                    models.UniqueConstraint(fields=("what", "language"), name="boilerplate_once"),
                    models.CheckConstraint(
                        condition=models.Q(("body", ""), _negated=True),
                        name="boilerplate_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Template",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("press_release", "Press Release"),
                            ("statement", "Statement"),
                            ("media_advisory", "Media Advisory"),
                            ("open_letter", "Open Letter"),
                        ],
                        default="press_release",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("es", "Español"), ("pt-br", "Português")],
                        default="en",
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("body", models.TextField(verbose_name="text")),
            ],
            options={
                "verbose_name": "template",
                "verbose_name_plural": "templates",
                "ordering": ["kind", "language"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "language"), name="template_once")
                ],
            },
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
