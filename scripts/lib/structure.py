#!/usr/bin/env python3
"""Checks that the modules are built as Package.swift and CONTRIBUTING.md say.

    swift package dump-package | scripts/lib/structure.py [REPOSITORY]

Prints one line for each fault and exits 1 if there is any:
  * an import that the target does not declare as a dependency (it builds only because another target happens to build first);
  * a declared dependency that no file of the target imports;
  * a public or package declaration in Sources without documentation;
  * a type name that two modules use: one name means one thing, whichever module is imported;
  * a test with a display name, or a name of more than 90 characters: a test's name is the sentence that its function's name says;
  * two folders of one module that refer to each other: what both need lies beside them, in the module's own folder;
  * a file that docs/architecture.md names and that does not exist.
"""
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

# Modules that come with the toolchain or the system.
SYSTEM = {
    "Swift", "Foundation", "FoundationEssentials", "Dispatch", "Synchronization", "Testing", "XCTest", "Glibc", "Musl",
    "Darwin", "_Concurrency", "RegexBuilder", "CoreFoundation",
}
# What protocols of other packages ask for, and say themselves what it is.
REQUIREMENTS = {
    "description", "debugDescription", "errorDescription", "hash", "==", "<", "startIndex", "endIndex", "subscript", "next",
    "makeAsyncIterator", "makeIterator", "encode", "enqueue", "checkIsolated", "isIsolatingCurrentContext",
    "unownedExecutor", "init(arrayLiteral", "init(stringLiteral", "init(dictionaryLiteral", "init(from", "init(codingKey",
    "run", "handle", "setup", "id", "rawValue", "init(rawValue",
}
ATTRIBUTES = r"(?:@\w+(?:\([^)]*\))?\s+)*"
MODIFIERS = (
    r"(?:(?:final|static|class|nonisolated|mutating|nonmutating|indirect|consuming|borrowing|required|convenience|"
    r"override|lazy|weak|private\(set\)|unowned)\s+)*")
IMPORT = re.compile(
    r"^\s*" + ATTRIBUTES + r"(?:(?:public|package|internal|private|fileprivate)\s+)?import\s+"
    r"(?:(?:struct|class|enum|protocol|func|var|typealias)\s+)?(\w+)")
DECLARATION = re.compile(
    r"^\s*" + ATTRIBUTES + MODIFIERS + r"(?:public|package)(?:\(set\))?\s+" + MODIFIERS
    + r"(func|var|let|init|struct|class|enum|protocol|actor|typealias|subscript|associatedtype)\b\s*(.*)")
REQUIREMENT = re.compile(r"^\s+" + ATTRIBUTES + MODIFIERS + r"(func|var|init|subscript)\b\s*(.*)")
TOP_LEVEL = re.compile(
    r"^" + ATTRIBUTES + r"(?:(?:public|package|internal|final|indirect)\s+)*"
    r"(?:struct|class|enum|protocol|actor|typealias)\s+(\w+)")


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


def dependency_faults(package, repository):
    for target in package["targets"]:
        folder = repository / folder_of(target)
        if target["type"] not in ("regular", "executable", "test") or not list(folder.rglob("*.swift")):
            continue
        declared = set(dependencies_of(target))
        seen = set()
        for module, path, number in imports_of(folder):
            seen.add(module)
            if module not in declared and module not in SYSTEM and module != target["name"]:
                yield f"{path.relative_to(repository)}:{number}: imports {module}, which {target['name']} does not declare"
        for module in sorted(declared - seen):
            yield f"Package.swift: {target['name']} declares {module}, which none of its files imports"


def name_of(kind, rest):
    """The name of a declaration; an initialiser has its first label, because it has no other name."""
    if kind == "init":
        return "init(" + (re.match(r"\W*(\w*)", rest).group(1))
    if kind == "subscript":
        return kind
    return re.match(r"==|<|[^\s(<:={]+", rest).group(0)


def is_documented(lines, index):
    index -= 1
    while index >= 0 and lines[index].lstrip().startswith("@"):
        index -= 1
    return index >= 0 and lines[index].lstrip().startswith("///")


def requirements_of(files):
    """What the protocols of this package ask for: a type that conforms need not say it again."""
    names = set(REQUIREMENTS)
    for lines in files.values():
        is_inside = False
        for line in lines:
            if re.match(r"^(?:public |package )?protocol ", line):
                is_inside = True
            elif line.startswith("}"):
                is_inside = False
            elif is_inside and (found := REQUIREMENT.match(line)):
                names.add(name_of(*found.groups()))
    return names


def documentation_faults(repository):
    files = {path: path.read_text().splitlines() for path in sorted((repository / "Sources").rglob("*.swift"))}
    known = requirements_of(files)
    for path, lines in files.items():
        for index, line in enumerate(lines):
            found = DECLARATION.match(line)
            if not found or found.group(2).startswith("{") or is_documented(lines, index):
                continue
            if name_of(*found.groups()) in known:
                continue
            yield f"{path.relative_to(repository)}:{index + 1}: '{line.strip()}' has no documentation"


def name_faults(repository):
    """Types that another file can see and that two modules declare; those inside another type have its name before theirs."""
    modules = defaultdict(dict)
    for path in sorted((repository / "Sources").rglob("*.swift")):
        for line in path.read_text().splitlines():
            if found := TOP_LEVEL.match(line):
                modules[found.group(1)].setdefault(path.relative_to(repository / "Sources").parts[0], path)
    for name, places in sorted(modules.items()):
        if len(places) > 1:
            files = " and ".join(str(path.relative_to(repository)) for path in places.values())
            yield f"{files}: both declare {name}; a type's name stands in one module only"


def without_comments_and_texts(text):
    return re.sub(r'//.*|"(?:\\.|[^"\\\n])*"', "", text)


def cycle_faults(repository):
    for module in sorted((repository / "Sources").iterdir()):
        texts = {path: path.read_text() for path in module.rglob("*.swift")}
        folder = {path: path.relative_to(module).parts[0] for path in texts if len(path.relative_to(module).parts) > 1}
        owner = {
            found.group(1): folder[path]
            for path in folder for line in texts[path].splitlines() if (found := TOP_LEVEL.match(line))
        }
        uses = defaultdict(dict)
        for path in folder:
            for name in set(re.findall(r"\b[A-Z]\w*\b", without_comments_and_texts(texts[path]))):
                if owner.get(name, folder[path]) != folder[path]:
                    uses[folder[path]].setdefault(owner[name], f"{name} in {path.name}")
        for cycle in cycles(uses):
            steps = ", ".join(f"{a} uses {b} ({uses[a][b]})" for a, b in zip(cycle, cycle[1:] + cycle[:1]))
            yield f"Sources/{module.name}: folders refer to each other in a circle: {steps}"


def cycles(uses):
    """One shortest circle through each folder that is in any."""
    found = {}
    for start in sorted(uses):
        paths = [[start]]
        seen = {start}
        while paths:
            path = paths.pop(0)
            for following in sorted(uses.get(path[-1], {})):
                if following == start:
                    found.setdefault(frozenset(path), path)
                    paths = []
                    break
                if following not in seen:
                    seen.add(following)
                    paths.append(path + [following])
    return found.values()


def test_name_faults(repository):
    for path in sorted((repository / "Tests").rglob("*.swift")):
        text = path.read_text()
        for found in re.finditer(r'@Test\s*(\(\s*"[^"]*")?(?:(?!@Test)[\s\S])*?\bfunc\s+(\w+)', text):
            place = f"{path.relative_to(repository)}:{text.count(chr(10), 0, found.start()) + 1}"
            if found.group(1):
                yield f"{place}: a test has no display name: let the function's name say it"
            if len(found.group(2)) > 90:
                yield f"{place}: the name {found.group(2)} is longer than 90 characters"


def page_faults(repository):
    page = repository / "docs" / "architecture.md"
    for path in sorted(set(re.findall(r"`([A-Z]\w+/[\w/+]+(?:\.swift|/))`", page.read_text()))):
        if not (repository / "Sources" / path).exists():
            yield f"docs/architecture.md: names Sources/{path}, which does not exist"


def main():
    repository = Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    found = set(dependency_faults(json.load(sys.stdin), repository))
    found.update(
        documentation_faults(repository), cycle_faults(repository), name_faults(repository),
        test_name_faults(repository), page_faults(repository))
    for fault in sorted(found):
        print(f"error: {fault}", file=sys.stderr)
    sys.exit(1 if found else 0)


main()
