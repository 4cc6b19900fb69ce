"""Within biblio.exe: the command line, by the Python that stands beside it."""

import os

os.environ["PYTHONNOUSERSITE"] = "1"
os.environ.pop("PYTHONPATH", None)

from biblio.__main__ import main  # once the processes that it starts have the environment above

main()
