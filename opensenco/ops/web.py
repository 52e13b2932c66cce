"""The web server's first process: it loads the application once, and its workers are copies of it.

Granian alone would let every worker load the whole of it for itself. Where processes cannot be
copied (Windows, macOS, Python from 3.14 on) that is what still happens.
"""

import gc
import multiprocessing
from importlib import import_module

from granian.cli import cli

APPLICATION = "opensenco.config.wsgi"


def main() -> None:
    """Serve what the words of the command line say, as granian does."""
    if multiprocessing.get_start_method() == "fork":
        # Almost all that is made while it loads stays: walking through it again and again is vain.
        gc.disable()
        import_module(APPLICATION)
        gc.enable()
    cli(auto_envvar_prefix="GRANIAN")


if __name__ == "__main__":
    main()
