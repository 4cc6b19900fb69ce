"""Formats in which a record is a run of lines, each a tag and a value: RIS, MEDLINE, Web of Science, Refer and others.

One grammar takes them all apart (``grammar.py``), one module a format says what each tag means (``ris.py`` …), and one
for all (``drafts/entry.py``) makes an entry of what was meant.
"""
