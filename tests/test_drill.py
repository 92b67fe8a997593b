"""The drill of ``deploy/``, one test for each of its steps, as it runs once."""

import subprocess
import sys
from pathlib import Path

import proxy
import pytest

DRILL = Path(__file__).parent.parent / "deploy" / "drill.py"
# In one process, and in this order.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("drill")]
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


@pytest.fixture(scope="module")
def drill(need):
    """Return the running drill; it stops by itself what it started."""
    need(proxy.NGINX, "nginx")
    need(proxy.OPENSSL, "openssl")
    process = subprocess.Popen(
        [sys.executable, str(DRILL)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process
    process.terminate()
    process.communicate(timeout=120)


@pytest.mark.parametrize("step", STEPS)
def test_each_step_of_the_drill_does_what_the_documentation_says(drill, step):
    line = drill.stdout.readline()
    assert line.startswith(f"{step} ... ok"), line + (drill.stdout.read() if not line else "")


def test_no_request_was_refused_and_nothing_is_left(drill):
    rest = drill.stdout.read()
    assert drill.wait(timeout=120) == 0
    assert "all answered with 200" in rest
    assert "all ok" in rest
