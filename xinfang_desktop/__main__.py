"""``python -m xinfang_desktop`` is ``xinfang``."""

import sys

from xinfang_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
