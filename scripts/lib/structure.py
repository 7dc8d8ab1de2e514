#!/usr/bin/env python3
"""Checks that the modules depend on each other as Package.swift says.

    swift package dump-package | scripts/lib/structure.py [REPOSITORY]

Prints one line for each fault and exits 1 if there is any:
  * an import that the target does not declare as a dependency (it builds only because another target happens to build first);
  * a declared dependency that no file of the target imports.
"""
import json
import re
import sys
from pathlib import Path

# Modules that come with the toolchain or the system.
SYSTEM = {
    "Swift", "Foundation", "FoundationEssentials", "Dispatch", "Synchronization", "Testing", "XCTest", "Glibc", "Musl",
    "Darwin", "_Concurrency", "RegexBuilder", "CoreFoundation",
}
IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|private|fileprivate)\s+)?import\s+"
    r"(?:(?:struct|class|enum|protocol|func|var|typealias)\s+)?(\w+)")


def folder_of(target):
    if target.get("path"):
        return Path(target["path"])
    return Path("Tests" if target["type"] == "test" else "Sources") / target["name"]


def dependencies_of(target):
    """Names of modules: for all packages used here, a product's name is that of its module."""
    for dependency in target["dependencies"]:
        yield next(iter(dependency.values()))[0]


def imports_of(folder):
    """(module, file, line) for each import, those inside `#if` too."""
    for path in sorted(folder.rglob("*.swift")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            found = IMPORT.match(line)
            if found:
                yield found.group(1), path, number


def faults(package, repository):
    for target in package["targets"]:
        if target["type"] not in ("regular", "executable", "test") or not list((repository / folder_of(target)).rglob("*.swift")):
            continue
        declared = set(dependencies_of(target))
        seen = set()
        for module, path, number in imports_of(repository / folder_of(target)):
            seen.add(module)
            if module not in declared and module not in SYSTEM and module != target["name"]:
                yield f"{path.relative_to(repository)}:{number}: imports {module}, which {target['name']} does not declare"
        for module in sorted(declared - seen):
            yield f"Package.swift: {target['name']} declares {module}, which none of its files imports"


def main():
    repository = Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    found = sorted(set(faults(json.load(sys.stdin), repository)))
    for fault in found:
        print(f"error: {fault}", file=sys.stderr)
    sys.exit(1 if found else 0)


main()
