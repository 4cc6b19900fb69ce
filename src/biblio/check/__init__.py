"""The linter: ``rules`` is the table, one module a family of checks, ``run`` applies them, ``fixes`` mends files."""
