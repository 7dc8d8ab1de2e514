#!/usr/bin/env python3
"""Measures a watcher of files: from a file's rename until it is applied, and what 1,000 files cost while nothing happens.

    scripts/lib/file_watching.py CONFIGBUS [RENAMES] [IDLE SECONDS]

Starts `configbus watch` on files of its own. The time ends when the outcome's line is read, so it holds a pipe more than the
application of the version. Idle are all threads of the process: their voluntary context switches are its wake-ups.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def watch(program, services, *arguments):
    return subprocess.Popen(
        [program, "watch", "\n".join(services), "-e", "prod", "--output", "json", *arguments],
        stdout=subprocess.PIPE, text=True)


def latency(program, folder, renames):
    path, other = Path(folder, "a.json"), Path(folder, "a.json.tmp")
    path.write_text('{"n":-1}')
    times = []
    with watch(program, ["a"], "--file", str(path)) as process:
        process.stdout.readline()
        for number in range(renames):
            # Not in step with anything that the watcher does.
            time.sleep(0.05 + (number % 37) / 100)
            other.write_text(json.dumps({"n": number}))
            begin = time.monotonic()
            os.rename(other, path)
            line = json.loads(process.stdout.readline())
            times.append((time.monotonic() - begin) * 1_000)
            assert line["outcome"] == "applied", line
        process.terminate()
    times.sort()
    print(f"rename to applied, {renames} times: median {times[len(times) // 2]:.0f} ms, "
          f"p99 {times[int(len(times) * 0.99) - 1]:.0f} ms, longest {times[-1]:.0f} ms")


def usage(process):
    wakes = 0
    for status in Path(f"/proc/{process.pid}/task").glob("*/status"):
        wakes += int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", status.read_text(), re.M).group(1))
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return wakes, (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def idle(program, folder, seconds):
    names = [f"s{number}" for number in range(1_000)]
    prod = Path(folder, "prod")
    prod.mkdir()
    for name in names:
        Path(prod, f"{name}.json").write_text('{"n":1,"text":"' + "x" * 1_000 + '"}')
    with watch(program, names, "--directory", folder) as process:
        for _ in names:
            process.stdout.readline()
        time.sleep(25)
        before = usage(process)
        time.sleep(seconds)
        after = usage(process)
        process.terminate()
    looks = seconds / 10
    print(f"1,000 files idle for {seconds} s: {after[0] - before[0]} wake-ups ({looks:.0f} looks), "
          f"{(after[1] - before[1]) / seconds:.3%} of a core")


def main():
    program = sys.argv[1]
    renames = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    seconds = int(sys.argv[3]) if len(sys.argv) > 3 else 60
    with tempfile.TemporaryDirectory() as folder:
        latency(program, folder, renames)
    with tempfile.TemporaryDirectory() as folder:
        idle(program, folder, seconds)


main()
