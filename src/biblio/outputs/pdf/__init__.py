"""The PDF: laid out by WeasyPrint, with its attachments, then finished (structure, metadata, standards)."""
