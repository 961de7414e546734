"""Add resources and compiled words to a wheel; an editable install finds both in the checkout."""

from __future__ import annotations

import importlib.util
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from types import ModuleType


class CustomBuildHook(BuildHookInterface[Any]):
    """The one build hook; hatchling finds it by its name."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files to add; raises ValueError where a translation is not whole."""
        if version == "editable":
            return
        root = Path(self.root)
        catalogue = _catalogue(root)
        self._folder = tempfile.TemporaryDirectory()
        include = build_data["force_include"]
        include[str(root / "resources")] = "sochibo/resources"
        for source in catalogue.translations():
            inside = f"{source.parts[-3]}/LC_MESSAGES/{source.stem}.mo"
            compiled = Path(self._folder.name) / inside
            compiled.parent.mkdir(parents=True)
            compiled.write_bytes(catalogue.compile_mo(source))
            include[str(compiled)] = f"sochibo/i18n/{inside}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - hatchling's signature
        """Clear away the compiled words."""
        if version != "editable":
            self._folder.cleanup()


def _catalogue(root: Path) -> ModuleType:
    """Load the module beside this one by its path: hatchling loads the hook alone."""
    spec = importlib.util.spec_from_file_location("catalogue", root / "packaging" / "catalogue.py")
    if spec is None or spec.loader is None:
        raise ImportError("packaging/catalogue.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
