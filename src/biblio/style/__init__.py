"""Styles as data: ``spec`` declares the knobs of ``style.yaml``, ``style`` is a style with its sheets and fonts."""
