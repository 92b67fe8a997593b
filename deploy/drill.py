"""Rehearses README.md of this folder on one machine, from nothing to nothing.

    python deploy/drill.py [--install]

Installs two versions as wheels in a temporary folder, starts two processes as the unit does, with
sign-in, behind nginx as shipped, and then updates, goes back, backs up, restores and rotates logs
as README.md says, while a program asks all the time and a reader keeps a view. Needs nginx,
openssl, curl, flock and tar, and no root. Prints each step; exits with 1 at the first that fails.

The libraries are those of the Python that runs it; ``--install`` installs them anew.
"""

import argparse
import asyncio
import contextlib
import csv
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path += [str(Path(__file__).resolve().parents[1] / "tests" / "benchmarks")]

import httpx
import proxy
from reader import Reader

ROOT = Path(__file__).resolve().parents[1]
UNIT = (ROOT / "deploy" / "threat-themes@.service").read_text(encoding="utf-8")
INSTALLED = "/opt/threat-themes"
PACKED = ("threats", "data", ".streamlit", "pyproject.toml", "README.md", "LICENSE")
FIRST, SECOND = "0.1.0", "0.1.1"
VIEW = "region=central_asia&years=2015-2020"
MEETING = "bsmnfp-2012"
# An editor who accepts a change and takes it back, again and again: each time two files change.
EDITOR = """
import sys
from pathlib import Path
from threats.dataset.csv_files import read_dataset_file
from threats.dataset.row_changes import RowChange, file_rows
from threats.upkeep.proposals import Proposal
from threats.upkeep.review import accept, undo
folder, proposals, meeting = Path(sys.argv[1]).resolve(), Path(sys.argv[2]), sys.argv[3]
rows = {row["meeting_id"]: row for row in file_rows(read_dataset_file(folder, "meetings.csv"))}
title = rows[meeting]["title"]
change = RowChange("change", "meetings", meeting, {"title": title + " (drill)"}, {"title": title})
about = (meeting, title, rows[meeting]["source_url"], "drill", "2026-11-30", [change], [], [])
proposal = Proposal("drill", "further", *about)
while True:
    accept(folder, proposals, proposal, [change], "drill", "a rehearsal")
    print("accepted", flush=True)
    undo(folder, proposals, proposal, "drill", "a rehearsal")
    print("undone", flush=True)
"""


class Site(NamedTuple):
    """What is on the machine: its folder, the running processes by port and name, their
    settings, and the address of nginx once it is there."""

    folder: Path
    running: dict[str, subprocess.Popen]
    settings: dict[str, str]
    ports: tuple[str, ...]
    secure: int
    provider: str

    @property
    def address(self) -> str:
        """The address of nginx."""
        return f"https://localhost:{self.secure}"


class DrillError(Exception):
    """A step did not do what README.md says; the message says what was seen."""


@contextlib.contextmanager
def step(what: str) -> Iterator[None]:
    """Print a step with its seconds, and end the drill if it fails."""
    start = time.monotonic()
    print(f"{what} ... ", end="", flush=True)
    try:
        yield
    except Exception as error:
        print(f"FAILED after {time.monotonic() - start:.1f} s: {type(error).__name__}: {error}")
        raise SystemExit(1) from error
    print(f"ok, {time.monotonic() - start:.1f} s", flush=True)


def need(good: object, otherwise: object) -> None:
    """Raise DrillError unless something holds."""
    if not good:
        raise DrillError(str(otherwise))


def run(*command: object, **environment: str) -> str:
    """Return what a program prints. Raises DrillError if it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words, capture_output=True, text=True, env=os.environ | environment, timeout=1800
    )
    need(not done.returncode, f"{' '.join(words)[:200]}: {(done.stdout + done.stderr)[-1000:]}")
    return done.stdout


def until(holds, seconds: float = 120) -> None:
    """Return once something holds; raise DrillError if it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        need(time.monotonic() < end, f"not within {seconds:.0f} s")
        time.sleep(0.2)


def install(folder: Path, number: str, version: str, fresh: bool) -> None:
    """Make a wheel of this checkout under a version, and install and check it in a folder of its
    own."""
    source, home = folder / f"source-{number}", folder / "program" / number
    source.mkdir()
    for name in PACKED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, source / name)
    for path in (source / "pyproject.toml", source / "threats" / "__init__.py"):
        text = path.read_text(encoding="utf-8")
        need(f'"{FIRST}"' in text, f"{path} is not of version {FIRST}")
        path.write_text(text.replace(f'"{FIRST}"', f'"{version}"', 1), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    run(*pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", source / "dist", source)
    [wheel] = (source / "dist").glob("*.whl")
    run(sys.executable, "-m", "venv", "--without-pip", home / ".venv")
    python = home / ".venv" / "bin" / "python"
    pip += ["--python", str(python), "install", "--quiet"]
    if fresh:
        run(*pip, "--constraint", ROOT / ".ci" / "constraints.txt", f"{wheel}[auth]")
    else:
        run(*pip, "--no-deps", wheel)
        site = next((home / ".venv" / "lib").glob("python*")) / "site-packages"
        (site / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    told = run(python, "-P", "-c", "import threats; print(threats.__version__, threats.__file__)")
    need(told.startswith(f"{version} {folder}"), told)
    run(home / ".venv" / "bin" / "threats", "check", XDG_CACHE_HOME=str(folder / "cache"))


def point(link: Path, target: str) -> None:
    """Have a link point elsewhere, as ``ln -sfn`` does."""
    run("ln", "-sfn", target, link)


def start(site: Site, port: str) -> None:
    """Start a process as the unit does, and wait as it does."""
    unit = UNIT.replace(INSTALLED, str(site.folder / "program")).replace("%i", port)
    environment = dict(
        setting.split("=", 1)
        for line in re.findall(r"^Environment=(.+)$", unit, re.MULTILINE)
        for setting in line.split()
    )
    private = site.folder / f"tmp-{port}"
    private.mkdir(exist_ok=True)
    environment |= {"PATH": os.environ["PATH"], "HOME": str(private), "TMPDIR": str(private)}
    [command] = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    [ready] = re.findall(r"^ExecStartPost=(.+)$", unit, re.MULTILINE)
    [home] = re.findall(r"^WorkingDirectory=(.+)$", unit, re.MULTILINE)
    # In place of the journal.
    with (site.folder / f"journal-{port}.txt").open("a", encoding="utf-8") as journal:
        site.running[port] = subprocess.Popen(
            command.split(),
            cwd=home,
            env=environment | site.settings,
            stdout=journal,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
    run(*ready.split())


def stop(site: Site, name: str) -> None:
    """Stop a process by the id it was started with."""
    process = site.running.pop(name)
    process.terminate()
    process.wait(timeout=60)


def restart(site: Site, reader: Reader) -> None:
    """Restart the processes one after the other; the reader finds the view again each time, also
    while one is down."""
    for port in site.ports:
        stop(site, port)
        see_view(reader)
        start(site, port)
        see_view(reader)


def see_view(reader: Reader) -> None:
    """Open the page anew, as a browser does whose process is gone."""

    async def opened() -> None:
        await reader.open()
        await reader.close()

    asyncio.run(asyncio.wait_for(opened(), 180))
    need(reader.query == VIEW, f"the view is {reader.query}")
    need(reader.charts or reader.kept, "the page has no charts")


def sign_in(site: Site) -> httpx.Client:
    """Return a client that is signed in as an editor."""
    claims = {"name": "Ann Example", "email": "ann@example.org"}
    httpx.put(f"{site.provider}/users/ann", json=claims, timeout=60).raise_for_status()
    client = httpx.Client(base_url=site.address, timeout=120, follow_redirects=True)
    need(client.get("/api/attention.csv").status_code == 401, "the API is open without sign-in")
    form = client.get("/sign-in", params={"to": f"/trends?{VIEW}"})
    page = client.post(str(form.url), data={"sub": "ann"}, headers={"Accept": "text/html"})
    need(str(page.url) == f"{site.address}/trends?{VIEW}", f"sign-in leads to {page.url}")
    need(client.get("/api/attention.csv").status_code == 200, "the API is closed after sign-in")
    return client


def reader_of(site: Site, client: httpx.Client) -> Reader:
    """Return a reader with a view, who has the cookies of a client."""
    client.get("/_stcore/health").raise_for_status()  # gives the token
    reader = Reader(site.address, "trends")
    reader.query = VIEW
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.cookies.jar)
    reader.headers = {"Cookie": cookies, "Origin": site.address}
    reader.protocols += [client.cookies["_streamlit_xsrf"]]
    return reader


@contextlib.contextmanager
def asked_all_the_time(client: httpx.Client, answers: list[str]) -> Iterator[None]:
    """Ask for a file three times a second, and note each answer but 200."""
    over = threading.Event()

    def ask() -> None:
        while not over.wait(0.3):
            try:
                status = str(client.get("/files/codebook.md").status_code)
            except httpx.HTTPError as error:
                status = type(error).__name__
            answers.append(status)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield
    finally:
        over.set()
        asking.join()
    wrong = [answer for answer in answers if answer != "200"]
    need(not wrong, f"{len(wrong)} of {len(answers)} requests failed: {sorted(set(wrong))}")


def need_version(site: Site, client: httpx.Client, version: str) -> None:
    """Raise DrillError unless each process has this version of the program and good data."""
    for port in site.ports:
        client.cookies.set("process", port, domain="localhost.local")
        told = client.get("/api/openapi.json").json()["info"]["version"]
        need(told == version, f"the process on {port} is of version {told}")
        health = httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=60)
        need(health.json()["status"] == "ok", health.text)


def back_up(site: Site, archive: Path) -> None:
    """Copy the dataset while no editor writes, as README.md says."""
    data = site.folder / "srv" / "data"
    command = ["tar", "-czf", archive, "-C", data, "--exclude=./.lock", "."]
    run("flock", data / ".lock", *command)


def back_up_during_changes(site: Site, archive: Path) -> None:
    """Back up while an editor works, who is killed afterwards; the dataset is good then, too."""
    with editor_at_work(site):
        back_up(site, archive)
    program = site.folder / "program" / "current" / ".venv" / "bin" / "threats"
    run(program, "check", **site.settings)


@contextlib.contextmanager
def editor_at_work(site: Site) -> Iterator[None]:
    """Let an editor change the dataset meanwhile; fail if no change was made or one was refused."""
    python = site.folder / "program" / "current" / ".venv" / "bin" / "python"
    srv, log = site.folder / "srv", site.folder / "editor.txt"
    with log.open("w", encoding="utf-8") as told:
        editor = subprocess.Popen(
            [python, "-P", "-c", EDITOR, srv / "data", srv / "proposals", MEETING],
            env=os.environ | site.settings,
            stdout=told,
            stderr=subprocess.STDOUT,
        )
        site.running["editor"] = editor
    until(lambda: "undone" in log.read_text(encoding="utf-8") or editor.poll() is not None)
    need(editor.poll() is None, log.read_text(encoding="utf-8")[-1000:])
    yield
    need(editor.poll() is None, log.read_text(encoding="utf-8")[-1000:])
    editor.kill()  # in the middle of a change, as a machine that fails
    editor.wait(timeout=60)
    del site.running["editor"]


def need_consistent(folder: Path) -> None:
    """Raise DrillError unless the record of changes and the title of the meeting agree."""
    with (folder / "meetings.csv").open(encoding="utf-8", newline="") as file:
        [title] = [row["title"] for row in csv.DictReader(file) if row["meeting_id"] == MEETING]
    with (folder / "changes.csv").open(encoding="utf-8", newline="") as file:
        changes = sum(row["row_id"] == MEETING for row in csv.DictReader(file))
    need(changes, "no change was recorded")
    need(title.endswith("(drill)") == bool(changes % 2), f"{changes} changes and {title!r}")


def restore(site: Site, client: httpx.Client, archive: Path) -> None:
    """Lose the folder, see the dashboard go on with the last good data, and restore it."""
    srv = site.folder / "srv"
    (srv / "data" / "meetings.csv").unlink()
    shutil.rmtree(srv / "data" / ".before", ignore_errors=True)
    asked = [f"http://127.0.0.1:{port}/healthz" for port in site.ports]

    def status(address: str) -> str:
        return httpx.get(address, timeout=60).json()["status"]

    until(lambda: all("last good" in status(address) for address in asked))
    need(client.get("/api/attention.csv").status_code == 200, "no data after the loss")
    (srv / "restored").mkdir()
    run("tar", "-xzf", archive, "-C", srv / "restored")
    program = site.folder / "program" / "current" / ".venv" / "bin" / "threats"
    run(program, "check", **{**site.settings, "THREATS_DATA": str(srv / "restored")})
    need_consistent(srv / "restored")
    point(srv / "data", "restored")
    until(lambda: all(status(address) == "ok" for address in asked))
    served = client.get("/files/meetings.csv").content
    need(served == (srv / "restored" / "meetings.csv").read_bytes(), "other data are served")


def rotate(site: Site) -> None:
    """Rotate nginx's log as logrotate does, and see that the processes keep no log file."""
    log = site.folder / "error.log"
    log.rename(site.folder / "error.log.1")
    nginx = int((site.folder / "nginx.pid").read_text())
    os.kill(nginx, signal.SIGUSR1)
    until(log.exists, 30)
    for port in site.ports:
        journal = site.folder / f"journal-{port}.txt"
        written = written_by(site.running[port].pid) - {str(journal)}
        need(not written, f"the process on {port} writes {written}")
        for line in journal.read_text(encoding="utf-8").splitlines():
            need(line.startswith("Open http") or json.loads(line)["event"], line)


def written_by(process: int) -> set[str]:
    """Return the regular files, apart from deleted ones, that a process holds open for writing."""
    written = set()
    for opened in Path(f"/proc/{process}/fd").iterdir():
        with contextlib.suppress(OSError):
            target = os.readlink(opened)
            info = Path(f"/proc/{process}/fdinfo/{opened.name}").read_text()
            flags = int(re.search(r"flags:\s+(\d+)", info)[1], 8)
            if Path(target).is_file() and flags & os.O_ACCMODE != os.O_RDONLY:
                written.add(target)
    return written


def settle(folder: Path, stack: contextlib.ExitStack) -> Site:
    """Return the site with its dataset, its settings and an identity provider, before anything of
    the program runs."""
    issuer, secure, *ports = proxy.free_ports(4)
    provider = f"http://127.0.0.1:{issuer}"
    (folder / "srv").mkdir()
    shutil.copytree(ROOT / "data", folder / "srv" / "1", ignore=shutil.ignore_patterns("sources"))
    point(folder / "srv" / "data", "1")
    secrets = folder / "secrets.toml"
    secrets.write_text(
        f"""[auth]
redirect_uri = "https://localhost:{secure}/oauth2callback"
cookie_secret = "a secret of this drill alone, long enough"
client_id = "threats"
client_secret = "of-the-client"
server_metadata_url = "{provider}/.well-known/openid-configuration"
""",
        encoding="utf-8",
    )
    settings = {
        "STREAMLIT_SECRETS_FILES": str(secrets),
        "THREATS_DATA": str(folder / "srv" / "data"),
        "THREATS_EDIT": str(folder / "srv" / "data"),
        "THREATS_EDITORS": "ann@example.org",
        "THREATS_PROPOSALS": str(folder / "srv" / "proposals"),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    site = Site(folder, {}, settings, tuple(map(str, ports)), secure, provider)
    stack.callback(lambda: [stop(site, name) for name in list(site.running)])
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(issuer)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    site.running["provider"] = subprocess.Popen(command, **quiet)
    return site


def drill(folder: Path, fresh: bool) -> None:
    """Do all steps in an empty folder."""
    with contextlib.ExitStack() as stack:
        with step("install version 1 from a wheel, and check the data"):
            (folder / "program").mkdir()
            install(folder, "1", FIRST, fresh)
            point(folder / "program" / "current", "1")
        with step("start two processes as the unit does"):
            site = settle(folder, stack)
            for port in site.ports:
                start(site, port)
        with step("start nginx as shipped, with TLS"):
            ports = [int(port) for port in site.ports]
            stack.enter_context(proxy.nginx(folder, ports, secure=site.secure))
        with step("sign in, and open a view"):
            client = sign_in(site)
            reader = reader_of(site, client)
            see_view(reader)
        with step("check the health and version of each process"):
            need_version(site, client, FIRST)
        asked = operate(site, client, reader, fresh)
    with step("stop everything by the ids it was started with"):
        for port in (*ports, site.secure):
            with socket.socket() as free:
                need(free.connect_ex(("127.0.0.1", port)), f"port {port} still answers")
    print(f"{asked} requests during both restarts, all answered with 200")


def operate(site: Site, client: httpx.Client, reader: Reader, fresh: bool) -> int:
    """Do the steps of *Operate* in README.md; return the number of requests meanwhile."""
    answers: list[str] = []
    with step("install version 2 beside version 1"):
        install(site.folder, "2", SECOND, fresh)
    for what, number, version in (
        ("update: switch, and restart one by one without losing a view", "2", SECOND),
        ("go back to version 1 in the same way", "1", FIRST),
    ):
        with step(what):
            with asked_all_the_time(client, answers):
                point(site.folder / "program" / "current", number)
                restart(site, reader)
            need_version(site, client, version)
    archive = site.folder / "backup.tgz"
    with step("back up the dataset while an editor writes, who is then killed"):
        back_up_during_changes(site, archive)
    with step("lose the dataset, and restore the backup"):
        restore(site, client, archive)
        see_view(reader)
    with step("rotate the log of nginx; the processes write to the journal alone"):
        rotate(site)
        see_view(reader)
    return len(answers)


def main() -> None:
    """Rehearse, and leave nothing behind."""
    os.environ.pop("PYTHONPATH", None)  # the wheels are tried, not a checkout
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--install", action="store_true", help="install the libraries anew")
    wanted = parser.parse_args()
    # Told to end, it first stops what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with step("find nginx, openssl, curl, flock, tar"):
        need(proxy.NGINX and proxy.OPENSSL, "no nginx or openssl")
        for program in ("curl", "flock", "tar"):
            need(shutil.which(program), f"no {program}")
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="threat-themes-drill-") as folder:
        drill(Path(folder), wanted.install)
    print(f"all ok, {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main()
