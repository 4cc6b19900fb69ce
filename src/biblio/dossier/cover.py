"""The model of what a cover has beside its words: logos, a colour, an image, and the lines at its foot."""

from __future__ import annotations

from dataclasses import dataclass

from biblio.yaml_model.keys import Located, Shape, declare


@dataclass(frozen=True)
class ImageSpec(Located):
    """An image of the cover: a file of the project, and the text that stands for it."""

    file: str = declare(
        Shape.TEXT,
        fr="Le fichier, PNG ou JPEG, du dossier `images` du projet.",
        en="The file, PNG or JPEG, of the folder `images` of the project.",
        example="images/logo.png",
    )
    alt: str = declare(
        Shape.TEXT,
        fr="Le texte qui la remplace pour qui ne la voit pas : d'un logo, le nom de l'organisme.",
        en="The text that stands for it for those who do not see it: of a logo, the name of the body.",
        example="CRES Provence-Alpes-Côte d'Azur",
    )
    credit: str = declare(
        Shape.TEXT,
        default="",
        fr="À qui on la doit ; s'imprime sous une image, et pas sous un logo.",
        en="Whom it is owed to; printed under an image, and not under a logo.",
        example='"Photographie : Camille Exemple"',
    )


@dataclass(frozen=True)
class CoverSpec(Located):
    """What the cover has beside its words; without any of it, it is words alone."""

    logo: ImageSpec | None = declare(
        Shape.OBJECT,
        of="ImageSpec",
        default=None,
        fr="Le logo de l'organisme, en tête.",
        en="The logo of the body, at the head.",
        example="{file: images/logo.png, alt: CRES Provence-Alpes-Côte d'Azur}",
    )
    partners: tuple[ImageSpec, ...] = declare(
        Shape.OBJECTS,
        of="ImageSpec",
        default=(),
        fr="Les logos des partenaires, au pied.",
        en="The logos of partners, at the foot.",
        example="[{file: images/ars.png, alt: Agence régionale de santé}]",
    )
    image: ImageSpec | None = declare(
        Shape.OBJECT,
        of="ImageSpec",
        default=None,
        fr="Une image sous le titre, avec son crédit.",
        en="An image under the title, with its credit.",
        example="{file: images/port.jpg, alt: Le port de Marseille au matin, credit: C. Exemple}",
    )
    colour: str = declare(
        Shape.COLOUR,
        default="",
        fr="La couleur du dossier, à la place de celle du style, en six chiffres ; entre guillemets s'il y a un `#`.",
        en="The colour of the dossier in the place of the style's, in six figures; between quotation marks with a `#`.",
        example='"#7a1f3d"',
    )
    cite: bool = declare(
        Shape.BOOLEAN,
        default=False,
        fr="Au pied, comment citer le dossier, que biblio rédige.",
        en="At the foot, how to cite the dossier, which biblio writes.",
        example="true",
    )
    license: str = declare(
        Shape.TEXT,
        default="",
        fr="Au pied, la licence ; le nom d'une licence Creative Commons suffit (`CC BY 4.0`) et devient un lien.",
        en="At the foot, the licence; the name of one of Creative Commons will do (`CC BY 4.0`) and becomes a link.",
        example="CC BY 4.0",
    )
    contact: str = declare(
        Shape.TEXT,
        default="",
        fr="Au pied, à qui s'adresser ; les adresses y deviennent des liens.",
        en="At the foot, whom to turn to; addresses in it become links.",
        example="Centre de documentation, doc@example.org, 04 00 00 00 00",
    )
