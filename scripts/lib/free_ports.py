"""Prints free TCP ports of 127.0.0.1, one a line, below the range that the system gives out to clients.

usage: free_ports.py COUNT
"""

import random
import socket
import sys
from pathlib import Path

LOWEST = 10_240


def candidates() -> list[int]:
    first_client_port = 32_768
    setting = Path("/proc/sys/net/ipv4/ip_local_port_range")
    if setting.exists():
        first_client_port = int(setting.read_text().split()[0])
    if first_client_port < LOWEST + 1_000:
        first_client_port = 32_768
    ports = list(range(LOWEST, first_client_port))
    random.shuffle(ports)
    return ports


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


count = int(sys.argv[1])
free = (port for port in candidates() if is_free(port))
for _ in range(count):
    print(next(free))
