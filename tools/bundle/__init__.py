"""Makes biblio installable by a double click: a folder with its own Python and libraries (docs/decisions)."""
