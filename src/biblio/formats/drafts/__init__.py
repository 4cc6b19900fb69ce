"""Records that know what each of their values means, and not yet in which field it goes: tagged formats and tables.

Where a meaning goes depends on the kind of document, and is decided once for all of them (``entry.py``); what their
dates, names and kinds may look like is beside it.
"""
