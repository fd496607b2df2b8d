"""Open the hall: ``python3 app.py [serve|test|journey]``; imported, a WSGI module with ``app``.

Run by any Python 3.11 or newer, with nothing installed: it makes ``.venv`` beside itself, installs
the pinned packages there once, and goes on inside.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent
VENV = HOME / ".venv"
PYTHON = VENV / "bin" / "python"
CONSOLE = VENV / "bin" / "servicehall"


def main() -> None:
    """Prepare the environment, then become the command."""
    command = sys.argv[1:] or ["serve"]
    if sys.version_info < (3, 11):
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}")
    testing = command[0] == "test"
    install(HOME / "requirements.lock")
    if testing:
        install(HOME / "tests" / "requirements.lock")
    os.chdir(HOME)
    arguments = (
        ["-m", "pytest", *command[1:]] if testing else ["-m", "servicehall.cli.main", *command]
    )
    os.execv(PYTHON, [str(PYTHON), *arguments])


def install(lock: Path) -> None:
    """Make ``.venv`` and install *lock* into it, unless exactly this was done before."""
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    done = VENV / f".{lock.parent.name}-{lock.name}"
    if PYTHON.exists() and done.exists() and done.read_text() == wanted:
        return
    if not PYTHON.exists():  # --without-pip: Debian's Python has no ensurepip
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], check=True)
    print(f"installing {lock.relative_to(HOME)} into .venv (once) ...", flush=True)
    pip = [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "--quiet"]
    pip += ["--disable-pip-version-check", "--require-hashes", "--requirement", str(lock)]
    if subprocess.run(pip, check=False).returncode:
        sys.exit("the packages could not be installed; see the lines above and try again")
    CONSOLE.write_text(_SCRIPT.format(python=PYTHON, home=str(HOME)))
    CONSOLE.chmod(0o755)
    done.write_text(wanted)


_SCRIPT = """#!{python}
import sys

sys.path.insert(0, {home!r})
from servicehall.cli.main import main

sys.exit(main())
"""


if __name__ == "__main__":
    main()
else:
    from servicehall.factory import create_app

    app = create_app()
