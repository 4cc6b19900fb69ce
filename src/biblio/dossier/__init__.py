"""The dossier: its spec in YAML (``spec``, ``section``, ``query``, ``loader``), the ``themes``, and what it selects.

``select`` fills the sections: queries are compiled by ``match`` from ``conditions``, their words checked by
``vocabulary``, what they find put in order by ``sort`` (as ``collation`` compares) and parted by ``group``.
"""
