"""A library of Zotero in miniature, which answers as the web API and the local one do: versions, pages, collections."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from online.servers import Asked, Given


@dataclass
class Library:
    """The items by their keys, each with its version; ``page`` is how many one answer has at most."""

    path: str = "/groups/12345"
    version: int = 10
    page: int = 2
    key: str = ""
    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    collections: dict[str, str] = field(default_factory=dict)
    moving: int = 0

    def put(self, key: str, title: str, *, kind: str = "article-journal", **more: Any) -> None:
        """Adds or changes an item, at a new version of the library."""
        self.version += 1
        tags, collections, extra = more.pop("tags", []), more.pop("collections", []), more.pop("extra", "")
        described = {"id": f"12345/{key}", "type": kind, "title": title, "source": "Zotero", **more}
        data = {
            "key": key,
            "itemType": "journalArticle",
            "title": title,
            "tags": [{"tag": tag} for tag in tags],
            "collections": collections,
            "extra": extra,
        }
        self.items[key] = {"key": key, "version": self.version, "csljson": described, "data": data}

    def remove(self, key: str) -> None:
        self.version += 1
        del self.items[key]

    def __call__(self, asked: Asked) -> Given:
        address = urlsplit(asked.target)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        path = address.path.removeprefix("/api")
        if self.key and asked.headers.get("Zotero-API-Key") != self.key:
            return Given("Forbidden", status=403)
        if not path.startswith(self.path + "/"):
            return Given("Not found", status=404)
        if self.moving:
            self.moving -= 1
            self.version += 1
        headers = {"Last-Modified-Version": str(self.version), "Zotero-API-Version": "3"}
        if asked.headers.get("If-Modified-Since-Version") == str(self.version):
            return Given(status=304, headers=headers)
        rest = path.removeprefix(self.path)
        if rest == "/collections":
            listed = [{"key": key, "data": {"key": key, "name": name}} for key, name in self.collections.items()]
            return self._page(asked, listed, query, headers)
        wanted = rest.removeprefix("/collections/").removesuffix("/items/top") if "/collections/" in rest else ""
        if wanted and wanted not in self.collections:
            return Given("Not found", status=404)
        found = [each for each in self.items.values() if not wanted or wanted in each["data"]["collections"]]
        if query.get("format") == "versions":
            versions = {each["key"]: each["version"] for each in found}
            return Given(json.dumps(versions), "application/json", headers=headers)
        since = int(query.get("since", "0"))
        return self._page(asked, [each for each in found if each["version"] > since], query, headers)

    def _page(self, asked: Asked, listed: list[Any], query: dict[str, str], headers: dict[str, str]) -> Given:
        start = int(query.get("start", "0"))
        if start + self.page < len(listed):
            scheme = "http" if asked.host.startswith("127.") else "https"
            address = f"{scheme}://{asked.host}{asked.target.partition('&start=')[0]}&start={start + self.page}"
            headers = headers | {"Link": f'<{address}>; rel="next", <https://www.zotero.org/x>; rel="alternate"'}
        return Given(json.dumps(listed[start : start + self.page]), "application/json", headers=headers)
