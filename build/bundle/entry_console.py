"""Start script of the console program in the frozen folder."""

import sys

from rbc_desktop.__main__ import console

sys.exit(console())
