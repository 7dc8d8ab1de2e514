"""A program that is fed by the agent: it reads a file, and reads it again at SIGHUP."""
import json
import os
import pathlib
import signal
import sys

CONFIG, PID = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])


def load(*_):
    # Always one whole version: the agent replaces the file by a rename.
    config = json.loads(CONFIG.read_text())
    print(f"batches of {config['batch_size']}", flush=True)


signal.signal(signal.SIGHUP, load)
load()
PID.write_text(str(os.getpid()))
while True:
    signal.pause()
