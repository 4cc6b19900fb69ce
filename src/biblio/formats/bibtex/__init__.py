"""The BibTeX and biblatex codec: ``syntax`` finds entries, ``latex`` decodes values; a reader and a writer."""
