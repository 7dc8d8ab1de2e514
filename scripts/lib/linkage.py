#!/usr/bin/env python3
"""Checks what a program links that uses parts of this package: small parts must not bring large ones.

    swift package dump-package | scripts/lib/linkage.py [BUILD FOLDER]

Needs a build (`swift build --build-tests`; the folder is `.build/debug` unless given). For each program below, it starts with
the modules that the program imports and follows, as a linker does, each symbol that an object file needs to the module that
defines it; then it links those modules and nothing else, and looks at the shared libraries of the program. Prints one line for
each fault and exits 1 if there is any.
"""
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

C_LIBRARIES = r"(?:mongoc|bson|amqp|cre2)_"
# Itanium's mangling of what the C++ standard library defines, and its run time.
CXX_LIBRARY = r"_ZN?K?St|_ZT[ISV]N?St|_Zn[aw]|_Zd[al]|__cxa_|__gxx_"
# (what the program does, the modules that it imports, modules that it must not link)
PROGRAMS = [
    ("watches over a source of its own, such as files", ["ConfigWatcher"], r"NIO|CNIO|Crypto|CCrypto|Hummingbird|GRDB|RegistryClient|CRE2|RE2"),
    (
        "watches over files", ["ConfigWatcher", "FileSource"],
        r"NIO|CNIO|Crypto|CCrypto|Hummingbird|GRDB|RegistryClient|RegistryAPI|CRE2|RE2",
    ),
    (
        "watches over a registry's stream", ["ConfigWatcher", "RegistrySource"],
        r"NIOSSL|CNIOBoringSSL|Crypto|CCrypto|Hummingbird|GRDB|ConfigRegistry|CRE2|RE2",
    ),
    (
        "watches over TLS, and what is signed",
        ["ConfigWatcher", "RegistrySource", "RegistryClientTLS", "ConfigSignatures"],
        r"Hummingbird|GRDB|ConfigRegistry|CRE2|RE2",
    ),
    ("calls a registry", ["RegistryClient"], r"NIOSSL|CNIOBoringSSL|Crypto|CCrypto|Hummingbird|GRDB|ConfigRegistry"),
]


class Module:
    """The object files of one module, as `nm` describes them."""

    def __init__(self, folder):
        self.objects = sorted(folder.rglob("*.o"))
        # Objects of files that are gone lie there too; for Swift there is a list of those that count.
        plan = folder / "output-file-map.json"
        if plan.exists():
            current = {Path(outputs.get("object", "")).name for outputs in json.loads(plan.read_text()).values()}
            self.objects = [path for path in self.objects if path.name in current]
        self.defined, self.copied, self.needed = set(), set(), set()
        if not self.objects:
            return
        listing = subprocess.run(
            ["nm", "--format=posix", *self.objects], check=True, capture_output=True, text=True).stdout
        for line in listing.splitlines():
            symbol, kind = (line.split() + ["", ""])[:2]
            if kind == "U":
                self.needed.add(symbol)
            elif kind in "TDRBGSC":
                self.defined.add(symbol)
            elif kind in "VWu":
                # Weak: every object that needs it has a copy, so it is no reason to link another module.
                self.copied.add(symbol)
        self.needed -= self.defined | self.copied


def declared_closure(package, roots):
    """The package's own targets and the products of others that a program which imports `roots` declares to link."""
    targets = {target["name"]: target for target in package["targets"]}
    found, waiting = set(), list(roots)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            for dependency in targets.get(name, {"dependencies": []})["dependencies"]:
                waiting.append(next(iter(dependency.values()))[0])
    return found


def linked_modules(modules, roots, forbidden):
    """What is linked: for each module, which symbol of which module asked for it."""
    definers = defaultdict(list)
    for name, module in modules.items():
        for symbol in module.defined:
            definers[symbol].append(name)
    reasons = {root: "" for root in roots}
    present = set().union(*(modules[root].defined for root in roots))
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        for symbol in sorted(modules[name].needed - present):
            # Another module may define it too; what must not be linked comes last.
            choice = min(definers.get(symbol, []), key=lambda one: (bool(re.match(forbidden, one)), one), default=None)
            if choice and choice not in reasons:
                reasons[choice] = f"{name} needs {symbol}"
                present |= modules[choice].defined
                waiting.append(choice)
    return reasons


def shared_libraries(modules, names):
    """Links modules to a program, and returns what `ldd` says of it, or what the linker said instead."""
    with tempfile.TemporaryDirectory() as folder:
        source, program, objects = Path(folder, "main.swift"), Path(folder, "program"), Path(folder, "objects")
        source.write_text('print("linked")\n')
        objects.write_text("".join(f'"{path}"\n' for name in names for path in modules[name].objects))
        # Of swift-crypto: its BoringSSL is C++.
        linking = subprocess.run(
            ["swiftc", source, f"@{objects}", "-lstdc++", "-o", program], capture_output=True, text=True)
        if linking.returncode:
            return "", linking.stderr or linking.stdout
        return subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout, ""


def faults(package, build):
    modules = {folder.name.removesuffix(".build"): Module(folder) for folder in sorted(build.glob("*.build"))}
    own = {target["name"] for target in package["targets"]}
    for purpose, roots, forbidden in PROGRAMS:
        program = f"a program that {purpose} ({', '.join(roots)})"
        for root in roots:
            if not modules.get(root, Module(Path("/nonexistent"))).objects:
                yield f"{build}: there are no object files of {root}; build first"
                return
        for name in sorted(declared_closure(package, roots)):
            if re.match(rf"(?:{forbidden})|CMongoC|CRabbitMQ", name):
                yield f"Package.swift: {program} declares {name}"
        linked = linked_modules(modules, roots, forbidden)
        for name, reason in sorted(linked.items()):
            if re.match(forbidden, name):
                yield f"{program} links {name}: {reason}"
            for symbol in sorted(modules[name].needed):
                if re.match(C_LIBRARIES, symbol):
                    yield f"{program} needs a C library: {name} needs {symbol}"
                if name in own and re.match(CXX_LIBRARY, symbol):
                    yield f"{program} needs the C++ standard library: {name} needs {symbol}"
        libraries, problem = shared_libraries(modules, sorted(linked))
        if problem:
            yield f"{program} cannot be linked from {', '.join(sorted(linked))}: {problem[:600]}"
        for library in re.findall(r"lib(?:mongoc|bson|rabbitmq|re2)\S*", libraries):
            yield f"{program} loads {library}"


def main():
    build = Path(sys.argv[1] if len(sys.argv) > 1 else ".build/debug")
    found = list(faults(json.load(sys.stdin), build))
    for fault in found[:20]:
        print(f"error: {fault}", file=sys.stderr)
    sys.exit(1 if found else 0)


main()
