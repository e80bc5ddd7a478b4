"""``python -m scamclassify`` is the command line."""

import sys

from scamclassify.cli import main

if __name__ == "__main__":
    sys.exit(main())
