"""The forms that a report may have."""

from __future__ import annotations

FORMATS = ("text", "json", "sarif", "github")
