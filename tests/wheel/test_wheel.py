"""The wheel, as a user gets it: built for production, installed in an empty environment, without node."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser import chromium

pytestmark = pytest.mark.wheel

REPOSITORY = Path(__file__).resolve().parents[2]
TEMPLATES = ("cleaning", "deployment", "experiment", "exploration")
STORIES = ("tests/browser/test_opens.py", "tests/browser/test_story.py", "tests/browser/test_notebook7.py")
NOT_SOURCE = shutil.ignore_patterns(
    ".*cache", ".dev", ".git", ".hypothesis", ".tools", ".venv", "__pycache__", "build", "demo", "dist", "node_modules",
    "*.tsbuildinfo",
)  # fmt: skip
# What a server and its kernels call besides Python; anything else, node above all, is off the path.
PROGRAMS = ("git", "sh", "bash", "env", "uname", "ps", "ldconfig", "dirname", "readlink")


@dataclass(frozen=True)
class Built:
    """What `python -m build` made, and the folder it was made in."""

    wheel: Path
    sdist: Path
    sources: Path

    def names(self) -> list[str]:
        with zipfile.ZipFile(self.wheel) as archive:
            return archive.namelist()


@dataclass(frozen=True)
class Installed:
    """An environment that holds the wheel, and no way to node."""

    folder: Path
    environment: dict[str, str]

    @property
    def python(self) -> Path:
        return self.command("python")

    def command(self, name: str) -> Path:
        windows = os.name == "nt"
        return self.folder / ("Scripts" if windows else "bin") / (f"{name}.exe" if windows else name)

    def run(self, *command: str | Path, cwd: Path) -> str:
        """Run a program of this environment and return all it says; its failure is the test's."""
        words = [str(word) for word in command]
        done = subprocess.run(words, cwd=cwd, env=self.environment, capture_output=True, text=True, check=False)
        said = done.stdout + done.stderr
        assert 0 == done.returncode, f"{' '.join(words)}\n{said}"
        return said


def quietly(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> None:
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, errors="replace", check=False)
    assert 0 == done.returncode, f"{' '.join(words)}\n{(done.stdout + done.stderr)[-6000:]}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sdist, and the wheel made from it; in a copy, so that the developer's build stays as it is."""
    sources = tmp_path_factory.mktemp("build") / "mlnb"
    shutil.copytree(REPOSITORY, sources, ignore=NOT_SOURCE)
    for stale in (sources / "mlnb" / "labextension", sources / "labextension" / "lib"):
        shutil.rmtree(stale, ignore_errors=True)
    (sources / "node_modules").symlink_to(REPOSITORY / "node_modules", target_is_directory=True)
    environment = dict(os.environ)
    environment.pop("HATCH_JUPYTER_BUILDER_SKIP_NPM", None)
    # With the production build in place hatchling's hook does not start npm a second time.
    npm = shutil.which("npm")
    assert npm is not None, "npm is not on the PATH"
    quietly(npm, "run", "build:prod", cwd=sources, env=environment)
    quietly(sys.executable, "-m", "build", "--outdir", "dist", cwd=sources, env=environment)
    [wheel] = (sources / "dist").glob("*.whl")
    [sdist] = (sources / "dist").glob("*.tar.gz")
    return Built(wheel=wheel, sdist=sdist, sources=sources)


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel with its examples extra and Notebook 7 in an environment of its own."""
    home = tmp_path_factory.mktemp("installed")
    folder = home / "venv"
    wanted = [f"mlnb[examples] @ {built.wheel.as_uri()}", "notebook>=7.6,<8"]
    uv = shutil.which("uv")
    here = Installed(folder=folder, environment=without_node(folder, home))
    if uv:
        quietly(uv, "venv", "--python", sys.executable, folder, cwd=home)
        quietly(uv, "pip", "install", "--python", here.python, *wanted, cwd=home)
    else:
        # virtualenv-made interpreters and Debian's lack ensurepip; pip of the tests installs into the new one
        quietly(sys.executable, "-m", "venv", "--without-pip", folder, cwd=home)
        quietly(sys.executable, "-m", "pip", "--python", here.python, "install", "--quiet", *wanted, cwd=home)
    return here


def without_node(venv: Path, home: Path) -> dict[str, str]:
    """An environment in which the wheel's commands come first and node is not to be found."""
    programs = home / "programs"
    programs.mkdir()
    for name in PROGRAMS:
        found = shutil.which(name)
        if found and os.name != "nt":
            (programs / name).symlink_to(found)
    system = os.environ.get("SYSTEMROOT", "")
    rest = [str(programs)] if os.name != "nt" else [str(Path(system) / "System32"), str(git_folder())]
    path = os.pathsep.join([str(venv / ("Scripts" if os.name == "nt" else "bin")), *rest])
    assert shutil.which("node", path=path) is None
    return {**os.environ, "PATH": path, "VIRTUAL_ENV": str(venv)}


def git_folder() -> Path:
    return Path(shutil.which("git") or "git").parent


def test_nothing_of_this_machine_is_inside(built: Built) -> None:
    """No file of the wheel or the sdist names a folder of the machine that built them."""
    machine = [str(built.sources).encode(), str(REPOSITORY).encode(), str(Path.home()).encode() + b"/"]
    with zipfile.ZipFile(built.wheel) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    with tarfile.open(built.sdist) as sources:
        for member in sources.getmembers():
            stream = sources.extractfile(member)
            contents[member.name] = stream.read() if stream else b""
    assert [] == [name for name, content in contents.items() for path in machine if path in content]


def test_no_source_maps_and_no_build_log(built: Built) -> None:
    """The wheel holds what runs, and nothing that was useful while it was built."""
    assert [] == [name for name in built.names() if name.endswith((".map", "build_log.json", ".ts", ".tsbuildinfo"))]


def test_the_front_end_is_inside_once(built: Built) -> None:
    """Each script lies in the folder where JupyterLab looks, and nowhere else."""
    scripts = [name for name in built.names() if name.endswith(".js")]
    inside = "mlnb-0.1.0.data/data/share/jupyter/labextensions/mlnb-lab/"
    assert scripts != []
    assert [] == [name for name in scripts if not re.sub(r"-[\d.]+\.data", "-0.1.0.data", name).startswith(inside)]


def test_templates_and_type_marker_are_inside(built: Built) -> None:
    """The four templates and py.typed are part of the package."""
    names = built.names()
    assert [f"mlnb/templates/{kind}.ipynb" for kind in TEMPLATES] == sorted(
        name for name in names if name.startswith("mlnb/templates/")
    )
    assert "mlnb/py.typed" in names


def test_the_sdist_can_be_tested(built: Built) -> None:
    """The sdist has the built front end, for installing without node, and the sources and tests, for everyone else."""
    with tarfile.open(built.sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {
        *("LICENSE", "README.md", "dev.py", "package-lock.json", "install.json", "mlnb/labextension/package.json"),
        *("labextension/src/index.ts", "templates/experiment.ipynb", "tests/conftest.py"),
    }
    assert set() == wanted - names
    assert [] == [name for name in names if name.endswith((".map", "build_log.json"))]


def test_jupyterlab_has_the_extension(installed: Installed, tmp_path: Path) -> None:
    """`jupyter labextension list` shows it enabled and OK."""
    said = installed.run(installed.command("jupyter"), "labextension", "list", cwd=tmp_path)
    assert re.search(r"mlnb-lab v\S+ .*enabled.* OK.*\(python, mlnb\)", without_colours(said)), said


def test_the_server_has_the_extension(installed: Installed, tmp_path: Path) -> None:
    """`jupyter server extension list` shows it enabled and OK."""
    said = without_colours(installed.run(installed.command("jupyter"), "server", "extension", "list", cwd=tmp_path))
    assert re.search(r"^\s*mlnb.*enabled", said, re.MULTILINE), said
    assert re.search(r"mlnb \S+ .*OK", said), said


def without_colours(text: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", text)


def test_each_template_makes_a_notebook(installed: Installed, tmp_path: Path) -> None:
    """The installed command makes a project and one notebook of each kind in it."""
    project = tmp_path / "project"
    project.mkdir()
    mlnb = installed.command("mlnb")
    installed.run(mlnb, "init", cwd=project)
    for kind in TEMPLATES:
        installed.run(mlnb, "create", kind, f"a first {kind}", cwd=project)
    notebooks = sorted((project / "notebooks").glob("*.ipynb"))
    assert sorted(TEMPLATES) == sorted(path.name.split("_")[1] for path in notebooks)
    assert all(json.loads(path.read_text(encoding="utf-8"))["cells"] for path in notebooks)


def test_jupyter_finds_the_command(installed: Installed, tmp_path: Path) -> None:
    """`jupyter mlnb` is `mlnb`."""
    said = installed.run(installed.command("jupyter"), "mlnb", "--version", cwd=tmp_path)
    assert "0.1.0" in said


def test_papermill_finds_the_engine(installed: Installed, tmp_path: Path) -> None:
    """The entry point leads to an engine that papermill can use."""
    program = "from papermill.engines import papermill_engines as e; print(e.get_engine('mlnb').__name__)"
    assert "MlnbEngine" in installed.run(installed.python, "-c", program, cwd=tmp_path)


@pytest.mark.parametrize("story", [story for story in STORIES if (REPOSITORY / story).is_file()])
def test_the_browser_story_against_the_wheel(installed: Installed, story: str) -> None:
    """The same browser tests that drive the developer's build drive the installed wheel."""
    try:
        browser = chromium.find()  # here, because the path of the installed environment leads to few programs
    except chromium.NoBrowser as error:
        if chromium.required():
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))
    settings = {"MLNB_LAB_PYTHON": str(installed.python), "MLNB_CHROMIUM": str(browser), "MLNB_SCREENSHOTS": "0"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", story]
    environment = {**installed.environment, **settings}
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stdout[-8000:] + done.stderr[-2000:]
