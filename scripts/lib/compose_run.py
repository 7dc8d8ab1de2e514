"""Runs the services of a resolved compose file (JSON) without an engine: each in a network namespace and a mount namespace of its
own, as its user, with its volumes where they belong. What an image would bring comes from this machine. Needs root."""

import json
import os
import pathlib
import shlex
import shutil
import signal
import subprocess
import sys
import time

# What stands for the images' own programs and users.
USERS = {"mongo": 999, "rabbitmq": 999, "nginx": 101, "configbus": 65532}
IMAGE_HEALTH = ["configbus", "health", "--timeout", "4s"]


class Engine:
    def __init__(self, compose, work, programs):
        self.services = {name: s for name, s in compose["services"].items() if not s.get("profiles")}
        self.work = pathlib.Path(work)
        self.programs = programs
        self.running = {}
        self.addresses = {name: f"10.200.0.{n}" for n, name in enumerate(sorted(self.services), start=11)}

    # Networks: one bridge that all are on; which network leads where is the engine's matter, not the file's.

    def make_networks(self):
        self.work.mkdir(parents=True, exist_ok=True)
        os.makedirs("/run/netns", exist_ok=True)
        run("mount", "-t", "tmpfs", "tmpfs", "/run/netns")
        run("ip", "link", "set", "lo", "up")
        run("ip", "link", "add", "bridge", "type", "bridge")
        run("ip", "addr", "add", "10.200.0.1/24", "dev", "bridge")
        run("ip", "link", "set", "bridge", "up")
        hosts = ["127.0.0.1 localhost"] + [f"{address} {name}" for name, address in self.addresses.items()]
        (self.work / "hosts").write_text("\n".join(hosts) + "\n")
        for number, (name, service) in enumerate(self.services.items()):
            mode = service.get("network_mode", "")
            if mode.startswith("service:"):
                continue
            run("ip", "netns", "add", name)
            run("ip", "-n", name, "link", "set", "lo", "up")
            if mode != "none":
                run("ip", "link", "add", f"v{number}", "type", "veth", "peer", "name", "eth0", "netns", name)
                run("ip", "link", "set", f"v{number}", "master", "bridge", "up")
                run("ip", "-n", name, "addr", "add", f"{self.addresses[name]}/24", "dev", "eth0")
                run("ip", "-n", name, "link", "set", "eth0", "up")

    # One service

    def enter(self, name, words, user=None, environment=None):
        """The command line that runs words where a service runs."""
        service = self.services[name]
        namespace = service.get("network_mode", "").removeprefix("service:")
        namespace = name if namespace in ("", "none") else namespace
        mounts = ["mount --make-rprivate /", f"mount --bind {self.work}/hosts /etc/hosts"]
        # A container has a /tmp of its own in any case.
        for target in {"/tmp", *service.get("tmpfs", [])}:
            mounts.append(f"mkdir -p {target}; mount -t tmpfs -o mode=1777 tmpfs {target}")
        for volume in sorted(service.get("volumes", []), key=lambda v: v["target"]):
            source, target = self.source(volume), volume["target"]
            kind = f"touch {target}" if os.path.isfile(source) else f"mkdir -p {target}"
            mounts.append(f"mkdir -p $(dirname {target}); [ -e {target} ] || {kind}; mount --bind {source} {target}")
            if volume.get("read_only"):
                mounts.append(f"mount -o remount,bind,ro {target}")
        uid = service.get("user", "").split(":")[0] or user or USERS[service["image"].split(":")[0]]
        variables = {"PATH": f"{self.work}/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/tmp"}
        variables |= {k: v for k, v in (service.get("environment") or {}).items() if v} | (environment or {})
        assignments = [f"{key}={value}" for key, value in variables.items()]
        privileges = [] if str(uid) == "0" else ["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups", "--no-new-privs"]
        line = "; ".join(["set -e"] + mounts + [shlex.join(["exec", "env", "-i"] + assignments + privileges + words)])
        return ["ip", "netns", "exec", namespace, "unshare", "--mount", "/bin/sh", "-c", line]

    def source(self, volume):
        if volume["type"] == "bind":
            return volume["source"]
        folder = self.work / "volumes" / volume["source"]
        folder.mkdir(parents=True, exist_ok=True)
        return str(folder)

    def words(self, name):
        service = self.services[name]
        image = service["image"].split(":")[0]
        words = (service.get("entrypoint") or []) + (service.get("command") or [])
        if image == "configbus" and not service.get("entrypoint"):
            words = ["configbus"] + words
        if image == "rabbitmq":
            words = ["rabbitmq"]
        return [self.programs.get(words[0], words[0])] + words[1:]

    def start(self, name):
        service = self.services[name]
        for volume in service.get("volumes", []):
            # The image of a database gives its folder to its user; /data is the one volume of ours.
            if volume["type"] == "volume" and (volume["target"].startswith("/data") or "rabbitmq" in volume["target"]):
                os.chown(self.source(volume), *[USERS[service["image"].split(":")[0]]] * 2)
        log = open(self.work / f"{name}.log", "ab")
        self.running[name] = subprocess.Popen(
            self.enter(name, self.words(name)), stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)

    def is_healthy(self, name):
        test = self.services[name].get("healthcheck", {}).get("test")
        if test:
            # The tools of the images are not here; that the port answers is what they ask.
            port = "27017" if "mongo" in name else "5671"
            test = ["bash", "-c", f": < /dev/tcp/127.0.0.1/{port}"]
        else:
            test = IMAGE_HEALTH
        entered = self.enter(name, test)
        return subprocess.run(entered, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=30).returncode == 0

    # All of them

    def satisfied(self, name, condition):
        process = self.running.get(name)
        if process is None:
            return False
        if condition == "service_completed_successfully":
            if process.poll() is None:
                return False
            if process.returncode != 0:
                self.give_up(name, f"ended with {process.returncode}")
            return True
        if process.poll() is not None:
            self.give_up(name, f"ended with {process.returncode}")
        return condition == "service_started" or self.is_healthy(name)

    def up(self, seconds=180):
        deadline = time.monotonic() + seconds
        waiting = list(self.services)
        while waiting:
            if time.monotonic() > deadline:
                self.give_up(list(self.running)[-1], f"is not ready; these wait: {', '.join(waiting)}")
            for name in list(waiting):
                needs = self.services[name].get("depends_on", {})
                if all(self.satisfied(other, need["condition"]) for other, need in needs.items()):
                    say(f"starting {name}")
                    self.start(name)
                    waiting.remove(name)
            time.sleep(0.2)

    def give_up(self, name, why):
        log = self.work / f"{name}.log"
        if log.exists():
            say(f"--- {name}\n" + "".join(log.read_text(errors="replace").splitlines(True)[-25:]))
        sys.exit(f"error: {name} {why}")

    def down(self):
        for name in reversed(list(self.running)):
            process = self.running[name]
            if process.poll() is None:
                # Only ours are asked to end well; the data of the others goes with the folder.
                ours = self.services[name]["image"] == "configbus"
                os.killpg(process.pid, signal.SIGTERM if ours else signal.SIGKILL)
                if ours:
                    self.wait(name)

    def wait(self, name):
        try:
            self.running[name].wait(30)
        except subprocess.TimeoutExpired:
            say(f"{name} does not end")
            os.killpg(self.running[name].pid, signal.SIGKILL)

    def do(self, name, *words, user=None, environment=None):
        """Runs a command where a service runs; its exit code and its output."""
        done = subprocess.run(
            self.enter(name, list(words), user, environment), capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout + done.stderr


def run(*words):
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def say(text):
    print(text, file=sys.stderr, flush=True)


def load(path):
    return json.loads(pathlib.Path(path).read_text())


def copy_program(work, name, program):
    target = pathlib.Path(work) / "bin" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(program, target)
    target.chmod(0o755)
