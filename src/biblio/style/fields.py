"""The fields that a style or a spec may have printed beside the description, by the names that they have in files."""

from __future__ import annotations

from collections.abc import Mapping

# Each with its variable. The order is that of the reference page.
PRINTABLE: Mapping[str, str] = {
    "library": "call_number",
    "holdings": "holdings",
    "loanterms": "loan_terms",
    "openaccess": "open_access",
    "license": "license",
    "audience": "audience",
    "keywords": "keyword",
    "territory": "territory",
    "duration": "duration",
    "contents": "contents",
    "urldate": "accessed",
    "isbn": "isbn",
}
