"""What CSL types, languages and publishers are called in BibTeX.

Sources: the data model of biblatex 3.18 (blx-dm.def), which says which fields a type has; plain.bst for
the classic types; the manual of babel for languages.
"""

from __future__ import annotations

TYPES = {
    "article": ("online", "unpublished"),
    "article-journal": ("article", "article"),
    "article-magazine": ("article", "article"),
    "article-newspaper": ("article", "article"),
    "bill": ("legislation", "misc"),
    "book": ("book", "book"),
    "chapter": ("incollection", "incollection"),
    "classic": ("book", "book"),
    "collection": ("collection", "book"),
    "dataset": ("dataset", "misc"),
    "entry": ("inreference", "incollection"),
    "entry-dictionary": ("inreference", "incollection"),
    "entry-encyclopedia": ("inreference", "incollection"),
    "figure": ("artwork", "misc"),
    "graphic": ("artwork", "misc"),
    "legal_case": ("jurisdiction", "misc"),
    "legislation": ("legislation", "misc"),
    "manuscript": ("unpublished", "unpublished"),
    "motion_picture": ("movie", "misc"),
    "pamphlet": ("booklet", "booklet"),
    "paper-conference": ("inproceedings", "inproceedings"),
    "patent": ("patent", "misc"),
    "periodical": ("periodical", "misc"),
    "personal_communication": ("letter", "misc"),
    "post": ("online", "misc"),
    "post-weblog": ("online", "misc"),
    "regulation": ("legislation", "misc"),
    "report": ("report", "techreport"),
    "review": ("article", "article"),
    "review-book": ("article", "article"),
    "software": ("software", "misc"),
    "song": ("audio", "misc"),
    "speech": ("unpublished", "unpublished"),
    "standard": ("report", "techreport"),
    "thesis": ("thesis", "phdthesis"),
    "webpage": ("online", "misc"),
}
"""The type of each CSL type in biblatex and in classic BibTeX; what is not named is ``misc``."""

KINDS = {
    "article-magazine": ("entrysubtype", "magazine"),
    "article-newspaper": ("entrysubtype", "newspaper"),
    "report": ("type", "Report"),
    "standard": ("type", "Standard"),
    "thesis": ("type", "Thesis"),
    **{
        kind: ("type", kind.replace("_", " ").capitalize())
        for kind in ("broadcast", "event", "hearing", "interview", "map", "musical_score")
    },
    **{kind: ("type", kind.capitalize()) for kind in ("performance", "speech", "treaty")},
}
"""What the type alone does not say, and in which field it is said. A thesis need not be a PhD."""

CONTAINERS = {
    "article": "journaltitle",
    "booklet": "series",
    "book": "series",
    "collection": "series",
    "dataset": "series",
    "incollection": "booktitle",
    "inproceedings": "booktitle",
    "inreference": "booktitle",
    "online": "titleaddon",
    "periodical": "series",
    "report": "series",
    "techreport": "series",
    "thesis": "series",
    "phdthesis": "series",
}
"""Where it stands that it is part of, by type; elsewhere that is ``howpublished``."""

PUBLISHERS = {
    "booklet": "howpublished",
    "report": "institution",
    "thesis": "institution",
    "techreport": "institution",
    "phdthesis": "school",
    **dict.fromkeys(("misc", "online", "software", "unpublished"), "organization"),
}
"""Who published it, by type; elsewhere that is ``publisher``."""

LANGUAGES = {
    "ar": "arabic",
    "cs": "czech",
    "da": "danish",
    "de": "ngerman",
    "de-AT": "naustrian",
    "de-CH": "nswissgerman",
    "el": "greek",
    "en": "english",
    "en-AU": "australian",
    "en-CA": "canadian",
    "en-GB": "british",
    "en-US": "american",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "fr-CA": "canadien",
    "hu": "magyar",
    "it": "italian",
    "nb": "norsk",
    "nl": "dutch",
    "nn": "nynorsk",
    "no": "norsk",
    "pl": "polish",
    "pt": "portuguese",
    "pt-BR": "brazilian",
    "ro": "romanian",
    "ru": "russian",
    "sl": "slovene",
    "sv": "swedish",
    "tr": "turkish",
    "uk": "ukrainian",
}
"""The names by which babel knows languages; for others the code itself is written."""
