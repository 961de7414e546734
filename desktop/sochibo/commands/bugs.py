"""What is left of a bug: a code for the person, and a file for the programmer without anybody's data."""

from __future__ import annotations

import hashlib
import platform
import sys
import traceback
from typing import TYPE_CHECKING

from sochibo import __version__, paths
from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.messages import Messages

__all__ = ["report_bug"]


def report_bug(error: BaseException, words: Messages) -> str:
    """Write the file and return the sentence for the person.

    The file names places in the code only: the text of an error may hold a name or a path of the person.
    """
    places = [
        f"  {frame.filename.replace(chr(92), '/').rsplit('/', 2)[-2:]} {frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    trace = "\n".join([type(error).__qualname__, *places])
    code = hashlib.sha256(trace.encode()).hexdigest()[:6].upper()
    name = f"sochibo-{code}.txt"
    about = (
        f"Sổ Chi bộ {__version__}, Python {sys.version.split()[0]}, {platform.system()} {platform.release()}"
    )
    try:
        folder = paths.cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{about}\n{trace}\n", "utf-8")
    except OSError:
        # A full disk may well be how we came here; the code alone says enough to find the place.
        template = N_(
            "The program made a mistake. What was recorded is safe. Please pass on this code: {code}"
        )
    else:
        template = N_(
            "The program made a mistake. What was recorded is safe. Please pass on this code: {code} "
            "(the file “{name}” in the program's cache tells more, and holds no personal data)."
        )
    return words.sentence(template, {"code": f"C99-{code}", "name": name})
