"""Renderers: a document becomes HTML (``html``), and that HTML a PDF (``pdf``)."""
