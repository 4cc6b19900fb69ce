"""What each field of MARC 21 becomes, and which fields say nothing of the document.

Source: Library of Congress, MARC 21 Format for Bibliographic Data, update 37. ``TAKEN`` and ``ASIDE`` as in
``unimarc_fields``.
"""

from __future__ import annotations

TAKEN = {
    "001": "importedfrom",
    "008": "date / langid / origdate (in code / where no field says them)",
    "020": "isbn (a)",
    "022": "issn (a)",
    "024": "doi (a / where 2 says so), ismn (first indicator 2)",
    "041": "langid (a d), origlanguage (h)",
    "050": "library (a b / where no copy has a call number)",
    "060": "library (a b / where no copy has a call number)",
    "080": "library (a b / where no copy has a call number)",
    "082": "library (a b / where no copy has a call number)",
    "084": "library (a b / where no copy has a call number)",
    "088": "number (a / of a report)",
    "090": "library (a b / where no copy has a call number)",
    "099": "library (a / where no copy has a call number)",
    "100": "author / editor / translator etc by the role (4, e)",
    "110": "the same / a body",
    "111": "eventtitle (a n), eventdate (d), venue (c)",
    "130": "origtitle (a), of a translation",
    "210": "shortjournal (a)",
    "240": "origtitle (a), of a translation",
    "242": "titleaddon",
    "245": "title (a), subtitle (b), titleaddon or volume (n), title (p)",
    "246": "paralleltitle (a / second indicator 1), titleaddon",
    "250": "edition (a b)",
    "260": "location (a), publisher (b), date (c)",
    "264": "the same / of the publication (second indicator 1), else of 0 and 2; date of 4",
    "300": "pagetotal / pages / volumes or duration (a), note (e)",
    "440": "series (a n p), number (v)",
    "490": "series (a), number (v)",
    "502": "type / publisher / date / note (thesis)",
    "505": "contents",
    "520": "abstract (a b)",
    "521": "audience (a)",
    "710": "author / editor etc by the role (4, e), a body",
    "711": "eventtitle / as 111",
    "700": "author / editor / translator etc by the role (4, e)",
    "720": "author / editor / translator etc by the role (4, e)",
    "773": "journaltitle or booktitle (t), volume / number / pages (g q), issn (x), isbn (z), publisher (d)",
    "800": "series",
    "810": "series",
    "811": "series",
    "830": "series (a), number (v), where 490 gives none",
    "852": "library / holdings",
    "856": "url / links (u), doi",
    "952": "holdings (a b / o), library (Koha)",
}
TAKEN |= dict.fromkeys(
    ("600", "610", "611", "630", "647", "648", "650", "651", "653", "654", "655", "656", "657", "658", "662"),
    "keywords",
)
NOTES = (
    "500",
    "501",
    "504",
    "508",
    "511",
    "515",
    "518",
    "525",
    "530",
    "533",
    "534",
    "538",
    "545",
    "546",
    "550",
    "580",
)
TAKEN |= dict.fromkeys(NOTES, "note")
# What is left of the fields is said: those that are not here, and the block 9, which is each library's own.
ASIDE = frozenset(
    "000 002 003 004 005 006 007 009 010 015 016 017 018 019 025 026 027 028 029 030 031 032 033 034 035 036 037 038 "
    "040 042 043 044 045 046 047 048 051 052 055 066 070 071 072 074 085 086 263 336 337 338 583 841 842 843 844 850 "
    "853 854 855 863 864 865 866 867 868 876 877 878 880 882 883 884 885 886 887".split(),
)

SUBJECTS = tuple(tag for tag, place in TAKEN.items() if place == "keywords")
