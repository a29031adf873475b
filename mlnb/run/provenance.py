"""Where a run stands: the commit, the environment, the hash of its code."""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import platform
import sys
from pathlib import Path

from mlnb.notebook.document import Notebook
from mlnb.notebook.syntax import parse
from mlnb.records.run import Code, Environment


def code(notebook: Notebook, root: Path) -> Code:
    """The hash of the code cells and the state of git, if the project is in a repository.

    `dirty` also when git does not know the notebook: then the commit does not hold what ran.
    """
    digest = code_hash(notebook)
    try:
        import git  # late: it is slow, and refuses to be imported where there is no git program
    except ImportError:
        return Code(sha256=digest)
    try:
        with git.Repo(root, search_parent_directories=True) as repository:
            commit = repository.head.commit.hexsha
            branch = None if repository.head.is_detached else repository.active_branch.name
            known = repository.git.ls_files("--", str(notebook.path))
            dirty = not known or repository.is_dirty(untracked_files=False)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError, git.GitCommandError, ValueError, OSError):
        return Code(sha256=digest)  # no repository, or no commit yet
    return Code(sha256=digest, commit=commit, branch=branch, dirty=dirty)


def code_hash(notebook: Notebook) -> str:
    """SHA-256 over the sources of the code cells in order."""
    joined = "\0".join(cell.source for cell in notebook.code_cells)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


def environment(notebook: Notebook, kernel: str, kernel_python: str | None) -> Environment:
    """The machine and the versions of what the notebook imports, when the kernel is this very Python."""
    packages = _packages(notebook) if kernel_python == sys.executable else {}
    return Environment(
        python=platform.python_version(),
        platform=platform.platform(),
        host=platform.node(),
        kernel=kernel,
        packages=packages,
    )


def _packages(notebook: Notebook) -> dict[str, str]:
    modules: set[str] = set()
    for cell in notebook.code_cells:
        try:
            tree = parse(cell.source)
        except (SyntaxError, ValueError):
            continue  # magics; the other cells still tell
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                modules.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.split(".")[0])
    by_module = importlib.metadata.packages_distributions()
    distributions = {name for module in modules for name in by_module.get(module, [])}
    return {name: importlib.metadata.version(name) for name in sorted(distributions)}
