"""Start script of the windowed program in the frozen folder."""

import sys

from rbc_desktop.__main__ import main

sys.exit(main())
