"""Figure 8: the same sources give the same bytes whatever the hash seed, the time zone and the folder."""

from __future__ import annotations

import hashlib
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

from robustness.atelier import SLUG, make
from robustness.child import run
from robustness.figure import Figure

SEEDS = ("0", "1", "7", "4242", "random")
ZONES = ("UTC", "Pacific/Auckland", "America/St_Johns")
FOLDERS = ("a", "Un dossier à part (2)")


def digest_of(seed: str, zone: str, name: str) -> str:
    """The hash of both outputs, built once under these conditions."""
    with tempfile.TemporaryDirectory() as folder:
        atelier = make(Path(folder) / name)
        done = run(["build", SLUG, "--format", "pdf,html"], atelier.root, PYTHONHASHSEED=seed, TZ=zone)
        outputs = sorted((atelier.root / "build").glob(f"{SLUG}.*[!n]"))
        if done.code != 0 or len(outputs) != 2:
            return f"nothing: {done.said[:100]}"
        return hashlib.sha256(b"".join(path.read_bytes() for path in outputs)).hexdigest()


def measure(workers: int) -> Figure:
    """Builds under every mixture of conditions."""
    conditions = list(product(SEEDS, ZONES, FOLDERS))
    with ThreadPoolExecutor(workers) as pool:
        digests = list(pool.map(lambda condition: digest_of(*condition), conditions))
    different = sorted(set(digests))
    ok = len(different) == 1 and not different[0].startswith("nothing")
    return Figure(
        "determinism",
        "one hash over 5 hash seeds × 3 time zones × 2 folders",
        f"{len(different)} over {len(conditions)} builds",
        ok,
        () if ok else tuple(different[:5]),
    )
