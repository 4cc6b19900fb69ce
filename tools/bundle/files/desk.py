"""Within biblio-bureau.exe: the desk, without a console; what went wrong is shown."""

import os
import sys
from pathlib import Path

os.environ["PYTHONNOUSERSITE"] = "1"
os.environ.pop("PYTHONPATH", None)

from biblio.__main__ import main  # once the processes that it starts have the environment above

notes = Path.home() / ".cache" / "biblio" / "bureau.txt"
notes.parent.mkdir(parents=True, exist_ok=True)
sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  # for as long as the process is there
sys.stderr = notes.open("w", encoding="utf-8")
sys.argv[1:] = ["serve", "--icon", "-C", "~/biblio"]
try:
    main()
except SystemExit as end:
    if end.code and "BIBLIO_QUIET" not in os.environ:
        sys.stderr.flush()
        os.startfile(notes)  # type: ignore[attr-defined]  # of Windows alone
    raise
