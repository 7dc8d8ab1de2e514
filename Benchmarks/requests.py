#!/usr/bin/env python3
"""How long single requests take, one after the other, on one connection that is kept open.

    Benchmarks/requests.py PORT [COUNT]

Asks the registry at 127.0.0.1:PORT COUNT times (500) for a constant and for a document of 2 KB, and updates that document as
often. Prints the median and the 90th percentile in milliseconds.
"""
import json
import socket
import statistics
import sys
import time
import uuid


def main():
    port, count = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 500
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    path = f"/api/configs/requests-{uuid.uuid4()}?environment=bench"
    ask(connection, "POST", path, document(-1))
    for name, method, target, body in [
        ("GET /health/live", "GET", "/health/live", lambda _: b""),
        ("GET a document", "GET", path, lambda _: b""),
        ("PUT a document", "PUT", path, document),
    ]:
        times = sorted(ask(connection, method, target, body(number)) for number in range(count))
        print(f"{name:18} p50 {statistics.median(times):.3f}  p90 {times[count * 9 // 10]:.3f}")
    ask(connection, "DELETE", path)


def document(number=0):
    return json.dumps({"config_data": {"number": number, "text": "x" * 2000}}).encode()


def ask(connection, method, path, body=b""):
    """Sends a request, waits for the whole answer, and returns the milliseconds."""
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    start = time.perf_counter()
    connection.sendall(head.encode() + body)
    answer = b""
    while True:
        piece = connection.recv(65536)
        if not piece:
            sys.exit(f"{method} {path}: the registry closed the connection")
        answer += piece
        fields, end, rest = answer.partition(b"\r\n\r\n")
        if end and len(rest) >= content_length(fields):
            break
    if answer.split(b" ", 2)[1][:1] != b"2":
        sys.exit(f"{method} {path}: {answer.decode(errors='replace')}")
    return (time.perf_counter() - start) * 1000


def content_length(fields):
    for field in fields.split(b"\r\n"):
        name, _, value = field.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


if __name__ == "__main__":
    main()
