"""The desk: a page on this machine, in a browser, at which dossiers are composed, checked and published.

``run.py`` starts it, ``guard.py`` stands at its door, ``desk.py`` holds the project, ``events.py`` tells pages of
changes. Each screen is a module of ``screens/`` with its routes, its templates, and sentences in ``words/desk.toml``.
"""
