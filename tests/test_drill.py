"""The drill of ``deploy/``, run once."""

import subprocess
import sys
from pathlib import Path

import proxy
import pytest

DRILL = Path(__file__).parent.parent / "deploy" / "drill.py"
STEPS = (
    "find nginx, openssl, curl, flock, tar",
    "install version 1 from a wheel, and check the data",
    "start two processes as the unit does",
    "start nginx as shipped, with TLS",
    "sign in, and open a view",
    "check the health and version of each process",
    "install version 2 beside version 1",
    "update: switch, and restart one by one without losing a view",
    "go back to version 1 in the same way",
    "back up the dataset while an editor writes, who is then killed",
    "lose the dataset, and restore the backup",
    "rotate the log of nginx; the processes write to the journal alone",
    "stop everything by the ids it was started with",
)


@pytest.mark.slow
def test_each_step_of_the_drill_does_what_the_documentation_says(need):
    need(proxy.NGINX, "nginx")
    need(proxy.OPENSSL, "openssl")
    command = [sys.executable, str(DRILL)]
    # The drill stops by itself what it started, also when a step fails.
    done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    told = done.stdout + done.stderr
    steps = [line.split(" ... ok")[0] for line in told.splitlines() if " ... ok" in line]
    assert steps == list(STEPS), told
    assert done.returncode == 0, told
    assert "all answered with 200" in told
    assert "all ok" in told
