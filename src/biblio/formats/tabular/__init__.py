"""Tables in which a row is a reference: CSV and its kin here, spreadsheets once somebody else has opened them.

A file becomes sheets of text (``delimited.py``), whose columns are told by their headings and values (``columns.py``,
by the table of ``headings.py``) or by the user (``column_map.py``); ``reader.py`` makes a reference of each row.
"""
