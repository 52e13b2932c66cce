"""The guide to deployment is true: `python -m bench.deploy`, as root on Debian with debootstrap.

Makes a bare Debian 12 in a folder, puts this tree into it, and runs every block of commands of
docs/guide/deploy.md there as it stands, in order. Whatever follows the installing of packages runs
without any network but its own. systemd is not there: a stand-in for `systemctl` reads the units,
lets `systemd-analyze` verify them, and runs what they say, as whom they say, with what they say.
Then a person's first requests are made through the proxy. Takes some minutes; exits 1 where a
command fails.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.support.databases import ROOT

GUIDE = ROOT / "docs" / "guide" / "deploy.md"
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.M | re.S)
#: blocks that fetch packages; the others have no network
FETCHING = 2
MIRROR = "http://deb.debian.org/debian"
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "data", "node_modules", "__pycache__", ".pytest_cache", ".mypy_cache",
    ".hypothesis", ".proof",
)  # fmt: skip
#: how packages are had on this machine; a bare Debian would ask the registries themselves
PASSED_ON = ("PIP_", "UV_", "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "NO_PROXY")
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")

STAND_IN = '''#!/usr/bin/python3
"""systemctl for a Debian in which systemd does not run: does what the units of OpenSENCO say."""
import configparser, os, shlex, signal, subprocess, sys, time

UNITS = "/etc/systemd/system"
words = [word for word in sys.argv[1:] if not word.startswith("-")]
verb, names = words[0], words[1:]


def read(name):
    found = {}
    for line in open(f"{UNITS}/{name}"):
        key, there, value = line.strip().partition("=")
        if there and not key.startswith("#"):
            found.setdefault(key, []).append(value)
    return found


def run(name, wait):
    unit = read(name)
    settings = {"PATH": "/usr/bin:/bin", "HOME": "/var/lib/opensenco", "LANG": "C.UTF-8"}
    for path in unit.get("EnvironmentFile", []):
        for line in open(path):
            key, there, value = line.strip().partition("=")
            if there and not key.startswith("#"):
                settings[key] = value.strip('"')
    who = unit["User"][-1]
    command = ["setpriv", f"--reuid={who}", f"--regid={who}", "--init-groups", "--"]
    command += shlex.split(unit["ExecStart"][-1])
    log = open(f"/var/log/{name}.log", "ab")
    child = subprocess.Popen(command, env=settings, stdout=log, stderr=log, cwd="/",
                             umask=0o077, start_new_session=True)
    if wait:
        sys.exit(child.wait())
    open(f"/run/{name}.pid", "w").write(str(child.pid))


def stop(name):
    try:
        pid = int(open(f"/run/{name}.pid").read())
        os.kill(pid, signal.SIGTERM)
        while open(f"/proc/{pid}/stat").read().split()[2] != "Z":
            time.sleep(0.2)
    except (OSError, ValueError):
        pass


if verb == "daemon-reload":
    units = [f"{UNITS}/{one}" for one in os.listdir(UNITS) if one.startswith("opensenco")]
    sys.exit(subprocess.call(["systemd-analyze", "verify", "--man=no", *units]))
for name in names:
    full = name if "." in name else f"{name}.service"
    if name == "nginx":
        subprocess.check_call(["nginx"] if not os.path.exists("/run/nginx.pid")
                              or not open("/run/nginx.pid").read() else ["nginx", "-s", "reload"])
    elif full.endswith(".timer"):
        continue
    elif verb == "restart":
        stop(full)
        run(full, False)
    elif verb in ("enable", "start"):
        run(full, verb == "start")
'''

#: what somebody sees who comes to it, from inside
LOOK = r"""
import json, ssl, sys, time, urllib.error, urllib.request
unsure = ssl.create_default_context(); unsure.check_hostname = False
unsure.verify_mode = ssl.CERT_NONE
name = open("/etc/hostname").read().strip()

def asked(url, **headers):
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, headers=headers), timeout=10, context=unsure
            if url.startswith("https") else None) as answer:
            return answer.status, answer.read().decode(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), dict(error.headers)
    except OSError as error:
        return 0, str(error), {}

end = time.monotonic() + 240
while asked("http://127.0.0.1:8000/readyz")[0] != 200 and time.monotonic() < end:
    time.sleep(0.5)
https = {"Host": "senco.school.example"}
for url, headers, status in (
    ("https://127.0.0.1/healthz", https, 200),
    ("https://127.0.0.1/readyz", https, 200),
    ("https://127.0.0.1/metrics", https, 404),
    ("https://127.0.0.1/sign-in/", https, 200),
    ("http://127.0.0.1:8000/metrics", {}, 200),
    ("http://127.0.0.1:8000/metrics", {"X-Forwarded-For": "127.0.0.1"}, 404),
):
    found, text, said = asked(url, **headers)
    print(f"{found} {url}")
    assert found == status, (url, text[:500])
page = asked("https://127.0.0.1/sign-in/", **https)
assert "Strict-Transport-Security" in page[2], page[2]
assert "secure" in page[2].get("Set-Cookie", "").lower(), page[2]
"""


def blocks(guide: str) -> list[str]:
    """Give the blocks of commands of the guide, in order."""
    return BLOCK.findall(guide)


def bare(root: Path) -> None:
    """Make a bare Debian, as its own program does."""
    debootstrap = ["debootstrap", "--variant=minbase", "bookworm", str(root), MIRROR]
    subprocess.run(debootstrap, check=True, stdout=subprocess.DEVNULL)


def furnish(root: Path) -> None:
    """Put this tree and what stands in for a running machine into it."""
    shutil.copytree(ROOT, root / "opt/opensenco", ignore=LEFT_OUT, dirs_exist_ok=True)
    (root / "etc/hostname").write_text("senco.school.example\n")
    (root / "etc/hosts").write_text("127.0.0.1 localhost senco.school.example\n")
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    if Path("/etc/pip.conf").exists():
        shutil.copy("/etc/pip.conf", root / "etc/pip.conf")
    # nothing is started by being installed: there is no systemd
    refuse = root / "usr/sbin/policy-rc.d"
    refuse.write_text("#!/bin/sh\nexit 101\n")
    refuse.chmod(0o755)
    stand_in = root / "usr/local/sbin/systemctl"
    stand_in.write_text(STAND_IN)
    stand_in.chmod(0o755)


def inside(root: Path, script: str, *, network: bool) -> int:
    """Run a script in it, in namespaces of its own: whatever it leaves running ends with it."""
    passed = {k: v for k, v in os.environ.items() if k.startswith(PASSED_ON)}
    environment = {
        **(passed if network else {}),
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": "/root", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive",
    }  # fmt: skip
    if network:
        environment |= {"SSL_CERT_FILE": str(CERTIFICATES), "PIP_CERT": str(CERTIFICATES)}
    (root / "root/script").write_text(script)
    first = "hostname senco.school.example; mount -t proc proc /proc; mount -t tmpfs tmpfs /dev/shm"
    if not network:
        first += "; ip link set lo up"
    words = ["unshare", "--fork", "--pid", "--kill-child", "--mount", "--uts"]
    words += [] if network else ["--net"]
    words += ["chroot", str(root), "sh", "-c", f"{first}; exec sh -eu /root/script"]
    return subprocess.run(words, env=environment, check=False).returncode


def main() -> int:
    """Do all of it and give the exit code."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--root", type=Path, help="a bare Debian that is there already")
    given = options.parse_args()
    if os.geteuid() != 0 or not (given.root or shutil.which("debootstrap")):
        print("This needs root, and debootstrap (apt-get install debootstrap).")
        return 1
    found = blocks(GUIDE.read_text(encoding="utf-8"))
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bare-") as folder:
        root = Path(folder, "root")
        if given.root:
            subprocess.run(["cp", "--archive", str(given.root), str(root)], check=True)
        else:
            bare(root)
        furnish(root)
        print(f"a bare Debian stands after {time.monotonic() - begun:.0f} s", flush=True)
        first, *fetching = found[:FETCHING]
        # systemd, ip and trust in this machine's registry are what a real server has already
        extra = "apt-get install --yes -qq --no-install-recommends systemd iproute2\n"
        if code := inside(root, first + extra, network=True):
            return told("packages", code)
        shutil.copy(CERTIFICATES, root / str(CERTIFICATES).lstrip("/"))
        if code := inside(root, "\n".join(fetching), network=True):
            return told("the environment", code)
        print(f"installed after {time.monotonic() - begun:.0f} s", flush=True)
        (root / "root/look.py").write_text(LOOK)
        # what systemd would have started by itself
        rest = ["pg_ctlcluster 15 main start", "mkdir -p /var/log/nginx", "cd /opt/opensenco"]
        rest += [*found[FETCHING:], "python3 /root/look.py", "ls /var/backups/opensenco"]
        code = inside(root, "\n".join(rest), network=False)
        if code:
            for log in sorted((root / "var/log").glob("opensenco-*.log")):
                print(f"--- {log.name}\n{log.read_text()[-3000:]}")
        print(f"done after {time.monotonic() - begun:.0f} s")
        return told("the guide", code)


def told(what: str, code: int) -> int:
    """Say how it ended, and give the exit code."""
    print(f"{what}: {'every command did what it says' if not code else f'ended with {code}'}")
    return 1 if code else 0


if __name__ == "__main__":
    sys.exit(main())
