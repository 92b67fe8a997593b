"""nginx as it is shipped in ``deploy/``, on loopback in front of processes of the dashboard.

Only what an administrator sets is put in place of what stands in the file: name, ports, certificate
and the folder of the cache.
"""

import contextlib
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import common

SHIPPED = common.ROOT / "deploy" / "nginx.conf"
PORTS = ("8501", "8502")
# Where a shell of an ordinary reader does not look.
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
OPENSSL = shutil.which("openssl")
MAIN = """
{user}
daemon off;
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 2048; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    # As Debian has it around the file.
    gzip on;
    include {folder}/site.conf;
}}
"""


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on."""
    with contextlib.ExitStack() as stack:
        free = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in free:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in free]


def certificate(folder: Path) -> Path:
    """Make a certificate for localhost with its key; return the certificate."""
    made = folder / "fullchain.pem"
    command = [OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-keyout", str(folder / "privkey.pem"), "-out", str(made), "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return made


def configure(folder: Path, processes: Sequence[int], plain: int, secure: int) -> Path:
    """Write the shipped file with these ports, and a main file around it; return the main file.
    Raises ValueError if the shipped file lacks what is to be set."""
    text = SHIPPED.read_text(encoding="utf-8")
    if len(processes) == 1:
        text = "\n".join(line for line in text.splitlines() if PORTS[1] not in line)
    other_plain, other_secure = free_ports(2)  # a machine without IPv6 has to do, too
    ours = {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen [::]:80;": f"listen 127.0.0.1:{other_plain};",
        "listen 443 ssl": f"listen 127.0.0.1:{secure} ssl",
        "listen [::]:443 ssl": f"listen 127.0.0.1:{other_secure} ssl",
        "/etc/letsencrypt/live/themes.example.org/": f"{folder}/",
        "/var/lib/nginx/": f"{folder}/",
        "/var/log/nginx/": f"{folder}/",
        "themes.example.org": "localhost",
        **{name: str(port) for name, port in zip(PORTS, processes, strict=False)},
    }
    missing = [shipped for shipped in ours if shipped not in text]
    if missing:
        raise ValueError(f"{SHIPPED} lacks {missing}")
    # All at once, as one port can hold the digits of another.
    text = re.sub("|".join(map(re.escape, ours)), lambda found: ours[found[0]], text)
    (folder / "site.conf").write_text(text, encoding="utf-8")
    main = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # who else may not read a folder of tests
    main.write_text(MAIN.format(folder=folder, user=user, workers=os.cpu_count()), encoding="utf-8")
    return main


@contextlib.contextmanager
def nginx(
    folder: Path, processes: Sequence[int], plain: int | None = None, secure: int | None = None
) -> Iterator[str]:
    """Start nginx in front of the processes on these ports, give its address, and stop it. Programs
    of this process trust its certificate meanwhile."""
    free, spare = free_ports(2)
    secure = secure or free
    trusted = certificate(folder)
    main = configure(folder, processes, plain or spare, secure)
    before = os.environ.get("SSL_CERT_FILE")
    os.environ["SSL_CERT_FILE"] = str(trusted)
    command = [NGINX, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(main)]
    process = subprocess.Popen(command)
    try:
        common.wait_for(f"https://localhost:{secure}/_stcore/health", process)
        yield f"https://localhost:{secure}"
    finally:
        process.terminate()
        process.wait(timeout=30)
        os.environ.pop("SSL_CERT_FILE")
        if before:
            os.environ["SSL_CERT_FILE"] = before
