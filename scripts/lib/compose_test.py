"""Starts what compose.yaml starts, without an engine, and uses it as a new user would. Usage: compose_test.py SETTINGS"""

import json
import os
import sys
import time

from compose_run import Engine, copy_program, load, say

failures = []


def expect(what, holds, shown=""):
    say(f"{'ok  ' if holds else 'FAIL'}  {what}")
    if not holds:
        say(shown)
        failures.append(what)


def eventually(what, look, seconds=30):
    deadline = time.monotonic() + seconds
    while True:
        holds, shown = look()
        if holds or time.monotonic() > deadline:
            expect(what, holds, shown)
            return
        time.sleep(0.3)


def use(engine, secrets):
    """From the proxy's place, where a client on the host would be."""
    ca = {"CONFIGBUS_URL": "https://localhost:8443", "CONFIGBUS_CA_FILE": "/run/configbus/ca.pem"}
    token = engine.work / "volumes/admin-token/admin.token"
    known = ca | {"CONFIGBUS_TOKEN_FILE": str(token)}

    def configbus(*words, environment=known, place="proxy", user="0"):
        return engine.do(place, "configbus", *words, user=user, environment=environment)

    engine.services["proxy"] = dict(engine.services["proxy"], user="0:0")
    code, text = configbus("health", environment=ca)
    expect("the proxy's address answers over TLS, without a token", code == 0, text)
    code, text = configbus("health", environment={"CONFIGBUS_URL": ca["CONFIGBUS_URL"]})
    expect("its certificate counts for nothing without the installation's authority", code != 0, text)
    code, text = configbus("list", environment=ca)
    expect("nothing is told without a token", code == 4, text)
    (engine.work / "parsing.json").write_text('{"db_port": 5432}')
    code, text = configbus("publish", "parsing", str(engine.work / "parsing.json"), "--environment", "prod", "-o", "json")
    expect("the first token publishes, and the version is signed", code == 0 and '"key_id"' in text, text)
    code, text = configbus("doctor")
    expect("doctor finds nothing wrong", code == 0, text)
    uri = engine.work / "amqp-uri"
    uri.write_text((secrets / "amqp-uri-watcher").read_text().replace("localhost:", "rabbitmq:"))
    uri.chmod(0o600)
    watch = ["watch", "parsing", "--environment", "prod", "--once", "--trusted-keys", str(secrets / "signing.pub"), "--timeout", "20s"]
    code, text = configbus(*watch)
    expect("a watcher follows over the proxy and trusts the signature", code == 0 and "applied" in text, text)
    code, text = configbus(*watch, "--amqp-uri-file", str(uri))
    expect("a watcher follows over the broker with its own login", code == 0 and "applied" in text, text)
    log = engine.work / "volumes/audit/audit.jsonl"
    eventually(
        "the audit has the change in its log, with its own token and login",
        lambda: (log.exists() and "parsing" in log.read_text(), (engine.work / "audit.log").read_text()))
    for registry in ("registry-1", "registry-2"):
        code, text = engine.do(registry, "configbus", "health")
        expect(f"{registry} is healthy from inside, as the image's health check asks", code == 0, text)
    held = engine.do("registry-1", "ls", "/run/configbus")[1].split()
    expect("a registry has its own secrets and no other's", "ca.key" not in held and "audit.key" not in held, str(held))


def main():
    settings = load(sys.argv[1])
    engine = Engine(load(settings["compose"]), settings["work"], settings["programs"])
    copy_program(settings["work"], "configbus", settings["configbus"])
    engine.make_networks()
    import pathlib

    try:
        engine.up()
        use(engine, pathlib.Path(settings["secrets"]))
        first = engine.running["audit-token"].returncode
        engine.start("secrets")
        engine.start("mongo-setup")
        engine.start("audit-token")
        codes = [engine.running[name].wait(60) for name in ("secrets", "mongo-setup", "audit-token")]
        expect("what runs once may run again", first == 0 and codes == [0, 0, 0], str(codes))
    finally:
        engine.down()
    ends = {name: engine.running[name].returncode for name in ("registry-1", "registry-2", "audit")}
    expect("registries and audit end cleanly", set(ends.values()) == {0}, json.dumps(ends))
    if failures:
        for name in settings.get("show", ["registry-1", "audit", "audit-token", "proxy"]):
            path = engine.work / f"{name}.log"
            say(f"--- {name}\n" + "".join(path.read_text(errors="replace").splitlines(True)[-12:]))
    sys.exit(f"not as it should be: {', '.join(failures)}" if failures else 0)


os.umask(0o022)
main()
