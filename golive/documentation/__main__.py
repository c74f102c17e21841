"""`python -P -m golive.documentation docs`: write the generated pages into a folder."""

from __future__ import annotations

import sys
from pathlib import Path

from golive.documentation import write_pages

if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
