#!/usr/bin/env python3
"""What checks cost a registry: publishing without a schema beside an older program, publishing with one, and many schemas.

    Benchmarks/checks.py PROGRAM [--before PROGRAM] [--rounds 21] [--writes 1000] [--services 10000] [--properties 50]

Starts registries of PROGRAM (.build/release/configbus), each with an embedded store in a folder of its own that is removed
afterwards. With `--before` the processor time of a publish is compared with that of the other program, round after round in turn;
printed are the medians of all rounds, and of the ratios also the lowest and the highest. Publishes of 2 KB with a schema of so many
properties are compared with those of a document without one in the same way, by the time until the response, and `--services`
services get the same schema, 200 at a time; printed is the memory that the registry takes more then.
"""
import argparse
import concurrent.futures
import copy
import pathlib
import statistics
import tempfile
import time

from access import Registry, compare

CLIENTS = 200
CHECKED, FREE = "/api/configs/checked?environment=prod", "/api/configs/free?environment=prod"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--before")
    for name, value in [("rounds", 21), ("writes", 1_000), ("services", 10_000), ("properties", 50)]:
        parser.add_argument(f"--{name}", type=int, default=value)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        registry = Registry(options.program, folder / "now", None, None)
        before = Registry(options.before, folder / "before", None, None) if options.before else None
        try:
            if before:
                measure_free(options, before, registry)
            measure_schema(options, registry)
            measure_memory(options, registry)
        finally:
            registry.stop()
            if before:
                before.stop()


def measure_free(options, before, now):
    for registry in (before, now):
        registry.write("POST", -1)
        registry.processor_per_write(options.writes)
    compare("PUT without a schema, us of processor time", options, {
        "before": lambda: before.processor_per_write(options.writes),
        "now": lambda: now.processor_per_write(options.writes),
    })


def measure_schema(options, registry):
    registry.exchange("PUT", "/api/configs/checked/schema", {"schema": schema(options.properties)})
    for path in (CHECKED, FREE):
        registry.exchange("POST", path, content(options.properties, 0))
    times = {"without": [], "with a schema": []}
    for number in range(options.writes):
        for name, path in [("without", FREE), ("with a schema", CHECKED)]:
            start = time.perf_counter()
            registry.exchange("PUT", path, content(options.properties, number + 1))
            times[name].append((time.perf_counter() - start) * 1e6)
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, median in medians.items():
        print(f"{'PUT of 2 KB, us until the response, p50':52} {name:22} {median:10,.1f}   "
              f"{median - medians['without']:+.1f} us", flush=True)


def measure_memory(options, registry):
    before = resident(registry)
    numbers = iter(range(options.services))

    def put():
        client = copy.copy(registry)
        client.connection = None
        for number in numbers:
            client.exchange("PUT", f"/api/configs/tenants.t{number}/schema", {"schema": schema(options.properties)})

    # Each of them is answered after a second look at what the schema is for.
    with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
        for done in [pool.submit(put) for _ in range(CLIENTS)]:
            done.result()
    after = resident(registry)
    print(f"{f'{options.services:,} services with one schema, MB':52} {'':22} {(after - before) / 1e6:10,.1f}   "
          f"({before / 1e6:.0f} MB before)", flush=True)


def schema(properties):
    """Of a document as `content` makes it."""
    kinds = [{"type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[a-z0-9-]+$"},
             {"type": "integer", "minimum": 0, "maximum": 1_000_000}, {"type": "boolean"}, {"enum": ["info", "debug"]},
             {"type": "object", "properties": {"host": {"type": "string"}, "port": {"type": "integer"}}}]
    names = {f"property_{number:03}": kinds[number % len(kinds)] for number in range(properties)}
    return {"type": "object", "properties": names, "required": list(names)[:10], "additionalProperties": False}


def content(properties, number):
    """2 KB with 50 properties."""
    values = ["host-name-of-a-service-in-the-region-eu-central-1-of-the-team", number, True, "info", {"host": "db-1.example.org", "port": 5432}]
    return {"config_data": {f"property_{index:03}": values[index % len(values)] for index in range(properties)}}


def resident(registry):
    """Bytes of memory that are in use."""
    status = pathlib.Path(f"/proc/{registry.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) * 1024


if __name__ == "__main__":
    main()
