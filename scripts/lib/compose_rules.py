"""Checks a resolved compose file (JSON): what each container may do, and that no secret stands in it."""

import json
import re
import sys

# They change user themselves, as root, and need a file system of their own for it.
TRUSTED_IMAGES = ("mongo:", "rabbitmq:")


def problems(compose):
    services = compose["services"]
    for name, service in services.items():
        image = service["image"]
        if ":latest" in image or ("/" not in image and ":" not in image and image != "configbus"):
            yield f"{name}: the image {image} has no version"
        if not image.startswith(TRUSTED_IMAGES) or name == "mongo-setup":
            if service.get("cap_drop") != ["ALL"]:
                yield f"{name}: keeps capabilities"
            if not service.get("read_only"):
                yield f"{name}: writes to its root file system"
            if "no-new-privileges:true" not in service.get("security_opt", []):
                yield f"{name}: may gain privileges"
        if service.get("privileged") or service.get("network_mode") == "host":
            yield f"{name}: is not contained"
        for port in service.get("ports", []):
            if port.get("host_ip") != "127.0.0.1":
                yield f"{name}: publishes {port['target']} to other machines by default"
        for volume in service.get("volumes", []):
            if volume["type"] == "bind" and not volume.get("read_only"):
                yield f"{name}: may write to {volume['source']} on the host"
            if volume["type"] == "bind" and volume["source"].endswith("/secrets") and name != "secrets":
                yield f"{name}: sees all secrets"
        for dependency in service.get("depends_on", {}):
            if dependency not in services:
                yield f"{name}: waits for {dependency}, which does not exist"
    text = json.dumps(compose)
    for secret in re.findall(r"(?:amqps?|mongodb)(?:\+srv)?://[^\"/@ ]*:[^\"/@ ]*@|cbt_[a-z0-9]+_|password\": *\"[^\"]+", text):
        yield f"a secret stands in it: {secret[:12]}..."
    if "store" not in compose["networks"] or not compose["networks"]["store"].get("internal"):
        yield "the database's network has a way out"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        found = list(problems(json.load(file)))
    print("\n".join(found))
    sys.exit(1 if found else 0)


main()
