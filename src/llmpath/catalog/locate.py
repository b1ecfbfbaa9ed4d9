"""Find the catalog's files, and tell cheaply whether they have changed."""

import os
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

NAMES = ("resources.yaml", "roadmap.yaml")
GLOSSARY = "glossary.yaml"


class Files(NamedTuple):
    """The files of a catalog; it may do without a glossary."""

    resources: Path
    roadmap: Path
    glossary: Path | None = None

    def present(self) -> list[Path]:
        """Return the files there are: the two that must be there, and the glossary if it is."""
        files = [self.resources, self.roadmap]
        if self.glossary is not None and os.path.isfile(self.glossary):
            files.append(self.glossary)
        return files

    def signature(self) -> str:
        """Return their places, sizes and times of change as one text; '' when one is no file."""
        try:
            found = [(path, os.stat(path)) for path in self.present()]
        except OSError:
            return ""
        if not all(S_ISREG(status.st_mode) for _, status in found):
            return ""  # a pipe or a device, which may have no end
        return "|".join(f"{path}:{one.st_size}:{one.st_mtime_ns}" for path, one in found)


def files(folder: str = "") -> Files:
    """Return the catalog's files in *folder*, else those shipped with the package.

    An installed package carries them in `llmpath/data`; a checkout has them in `data`.
    """
    if folder:
        base = Path(folder)
        with suppress(RuntimeError):  # of somebody unknown: missing, as any other that is not there
            base = base.expanduser()
    else:
        package = Path(__file__).parents[1]
        base = package / "data"
        if not os.path.isdir(base):
            base = package.parents[1] / "data"
    return Files(base / NAMES[0], base / NAMES[1], base / GLOSSARY)
