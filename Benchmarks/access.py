#!/usr/bin/env python3
"""What tokens and TLS cost a registry, beside the same registry without them.

    Benchmarks/access.py PROGRAM [--rounds 15] [--seconds 2] [--tokens 9990] [--writes 1000] [--streams 1000]

Starts registries of PROGRAM (.build/release/configbus), each with an embedded store in a folder of its own that is removed
afterwards: without tokens, with a token, with many tokens, and the first two over TLS. Needs wrk and openssl. What is compared is
measured in turn, round after round, and only the ratio of one round counts: printed are the medians of all rounds, and of the
ratios also the lowest and the highest.
"""
import argparse
import json
import pathlib
import re
import select
import signal
import socket
import ssl
import statistics
import subprocess
import tempfile
import time
import urllib.request

DOCUMENT = "/api/configs/parsing?environment=prod"
STREAM = "/api/watch?service=parsing&environment=prod"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    for name, value in [("rounds", 15), ("seconds", 2), ("tokens", 9_990), ("writes", 1_000), ("streams", 1_000)]:
        parser.add_argument(f"--{name}", type=int, default=value)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        authority = Authority(pathlib.Path(folder))
        registries = []
        try:
            for name, token, tls in [("plain", False, None), ("token", True, None), ("many", True, None),
                                     ("plain-tls", False, authority), ("token-tls", True, authority)]:
                registries.append(Registry(options.program, pathlib.Path(folder) / name, token, tls))
            measure(options, *registries)
        finally:
            for registry in registries:
                registry.stop()


def measure(options, plain, token, many, plain_tls, token_tls):
    for registry in (plain, token, many, plain_tls, token_tls):
        registry.write("POST", -1)
    many.make_tokens(options.tokens)
    compare("GET 200", options, {
        "without": lambda: plain.requests_per_second(options.seconds),
        "token": lambda: token.requests_per_second(options.seconds),
        f"1 of {options.tokens + 1} tokens": lambda: many.requests_per_second(options.seconds),
    })
    compare("GET 304", options, {
        "without": lambda: plain.requests_per_second(options.seconds, cached=True),
        "token": lambda: token.requests_per_second(options.seconds, cached=True),
        f"1 of {options.tokens + 1} tokens": lambda: many.requests_per_second(options.seconds, cached=True),
    })
    compare("PUT, us of processor time", options, {
        "without": lambda: plain.processor_per_write(options.writes),
        "token": lambda: token.processor_per_write(options.writes),
        f"1 of {options.tokens + 1} tokens": lambda: many.processor_per_write(options.writes),
    })
    fans = {"plaintext": Streams(plain, options.streams), "plaintext with token": Streams(token, options.streams),
            "TLS": Streams(plain_tls, options.streams), "TLS with token": Streams(token_tls, options.streams)}
    results = {name: [] for name in fans}
    for _ in range(options.rounds):
        for name, streams in fans.items():
            results[name].append(streams.publish(10))
    report(f"{options.streams} streams, us of processor time a publication",
           {name: [processor for processor, _ in values] for name, values in results.items()})
    report(f"{options.streams} streams, us until the last of them has it",
           {name: [last for _, last in values] for name, values in results.items()})


def compare(title, options, cases):
    results = {name: [] for name in cases}
    for number in range(options.rounds):
        # The first of a round is another one each time.
        names = list(cases)
        for name in names[number % len(names):] + names[:number % len(names)]:
            results[name].append(cases[name]())
    report(title, results)


def report(title, results):
    base = next(iter(results))
    for name, values in results.items():
        ratios = [value / other for value, other in zip(values, results[base])]
        print(f"{title:52} {name:22} {statistics.median(values):10,.1f}   {statistics.median(ratios):.3f} "
              f"({min(ratios):.3f}-{max(ratios):.3f})", flush=True)


class Authority:
    """A CA, and a certificate of it for 127.0.0.1."""

    def __init__(self, folder):
        self.ca, self.certificate, self.key = (str(folder / name) for name in ("ca.pem", "server.pem", "server.key"))
        new = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        extension = folder / "extension"
        extension.write_text("subjectAltName=IP:127.0.0.1")
        for command in [
            ["req", "-x509", *new, "-days", "2", "-subj", "/CN=benchmark CA", "-addext",
             "keyUsage=critical,keyCertSign", "-keyout", str(folder / "ca.key"), "-out", self.ca],
            ["req", *new, "-subj", "/CN=registry", "-keyout", self.key, "-out", str(folder / "server.csr")],
            ["x509", "-req", "-days", "2", "-in", str(folder / "server.csr"), "-CA", self.ca, "-CAkey",
             str(folder / "ca.key"), "-CAcreateserial", "-extfile", str(extension), "-out", self.certificate],
        ]:
            subprocess.run(["openssl", *command], check=True, capture_output=True)

    @property
    def context(self):
        return ssl.create_default_context(cafile=self.ca)


class Registry:
    """A registry in a process of its own."""

    def __init__(self, program, folder, token, tls):
        folder.mkdir()
        self.tls = tls
        command = [program, "serve", "--port", "0", "--log-level", "warning", "--data-dir", str(folder / "data")]
        if token:
            # One client asks as much as it can: without limits.
            command += ["--auth", "required", "--bootstrap-file", str(folder / "token")]
            for kind in ("read", "write", "costly"):
                command += [f"--rate-{kind}", "0"]
        if tls:
            command += ["--tls-cert", tls.certificate, "--tls-key", tls.key]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if "listening on " not in line:
            raise SystemExit(f"{' '.join(command)} did not start")
        self.url = line.split()[-1]
        self.port = int(self.url.rsplit(":", 1)[1])
        self.headers = {"Authorization": f"Bearer {(folder / 'token').read_text().strip()}"} if token else {}
        self.connection = None

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.tls.context.wrap_socket(connection, server_hostname="127.0.0.1") if self.tls else connection

    def head(self, method, path, length=0):
        lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *(f"{k}: {v}" for k, v in self.headers.items())]
        if length:
            lines += ["Content-Type: application/json", f"Content-Length: {length}"]
        return "\r\n".join([*lines, "", ""]).encode()

    def exchange(self, method, path, content):
        """One request on a connection that is kept."""
        self.connection = self.connection or self.connect()
        body = json.dumps(content).encode()
        self.connection.sendall(self.head(method, path, len(body)) + body)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self.receive()
        head, rest = answer.split(b"\r\n\r\n", 1)
        missing = int(re.search(rb"(?i)content-length: (\d+)", head).group(1)) - len(rest)
        while missing > 0:
            missing -= len(self.receive())
        if not head.startswith(b"HTTP/1.1 20"):
            raise SystemExit(f"{method} {path}: {(head + rest).decode()}")

    def receive(self):
        received = self.connection.recv(1 << 16)
        if not received:
            raise SystemExit("the registry closed a connection")
        return received

    def write(self, method, number):
        self.exchange(method, DOCUMENT, {"config_data": {"number": number, "text": "x" * 2_000}})

    def make_tokens(self, count):
        for number in range(count):
            self.exchange("POST", "/api/tokens", {"name": f"program-{number}", "grants": ["watcher:parsing/prod"]})

    @property
    def processor(self):
        """Nanoseconds of processor time of all its threads."""
        tasks = pathlib.Path(f"/proc/{self.process.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks)

    def requests_per_second(self, seconds, cached=False):
        headers = dict(self.headers)
        if cached:
            with urllib.request.urlopen(urllib.request.Request(self.url + DOCUMENT, headers=headers)) as answer:
                headers["If-None-Match"] = answer.headers["ETag"]
        options = [part for key, value in headers.items() for part in ("-H", f"{key}: {value}")]
        output = subprocess.run(["wrk", "-t", "1", "-c", "8", "-d", f"{seconds}s", *options, self.url + DOCUMENT],
                                check=True, capture_output=True, text=True).stdout
        if "Non-2xx" in output or "Socket errors" in output:
            raise SystemExit(output)
        return float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))

    def processor_per_write(self, count):
        before = self.processor
        for number in range(count):
            self.write("PUT", number)
        return (self.processor - before) / count / 1e3


class Streams:
    """Open streams of one registry."""

    def __init__(self, registry, count):
        self.registry, self.number = registry, 0
        self.streams, self.poll = {}, select.epoll()
        for _ in range(count):
            stream = registry.connect()
            stream.sendall(registry.head("GET", STREAM))
            received = b""
            while b"event: synced" not in received:
                received += stream.recv(1 << 16)
            stream.setblocking(False)
            self.streams[stream.fileno()] = stream
            self.poll.register(stream.fileno(), select.EPOLLIN)

    def publish(self, times):
        """Processor time of the registry for a publication, and the time until the last stream has it: microseconds."""
        before, waits = self.registry.processor, []
        for _ in range(times):
            start = time.perf_counter()
            self.registry.write("PUT", self.number)
            self.number += 1
            self.drain()
            waits.append(time.perf_counter() - start)
        return (self.registry.processor - before) / times / 1e3, statistics.median(waits) * 1e6

    def drain(self):
        pending = {descriptor: b"" for descriptor in self.streams}
        while pending:
            ready = self.poll.poll(10)
            if not ready:
                raise SystemExit("an event did not arrive")
            for descriptor, _ in ready:
                received = self.read(descriptor)
                if descriptor not in pending:
                    continue
                pending[descriptor] += received
                # An event with 2,000 characters, and not a comment.
                if len(pending[descriptor]) > 2_000 and pending[descriptor].endswith(b"\n\n\r\n"):
                    del pending[descriptor]

    def read(self, descriptor):
        received = b""
        while True:
            try:
                part = self.streams[descriptor].recv(1 << 14)
            except (BlockingIOError, ssl.SSLWantReadError):
                return received
            if not part:
                raise SystemExit("the registry closed a stream")
            received += part
            if not self.registry.tls:
                return received


if __name__ == "__main__":
    main()
