"""Twins of the PDF that pandoc writes: a document becomes pandoc's tree once, and that becomes each of them.

``tree`` is the mapper, ``inlines`` its words; ``docx`` and ``odt`` dress office documents in a style; ``write`` has the
functions of the table of outputs.
"""
