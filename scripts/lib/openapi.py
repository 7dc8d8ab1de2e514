#!/usr/bin/env python3
"""Writes the description of the API into the program, which serves it: a static binary has no files beside it.

    scripts/lib/openapi.py

A test fails while the two differ.
"""
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "schemas/openapi.yaml"
TARGET = ROOT / "Sources/RegistryServer/Description/OpenAPIDocument.swift"
HEAD = '''// swift-format-ignore-file
// Made from schemas/openapi.yaml by scripts/lib/openapi.py.

/// The description of the API, as `/openapi.yaml` serves it.
enum OpenAPIDocument {
    static let text: StaticString = #"""
'''

text = SOURCE.read_text()
if '"""#' in text or not text.endswith("\n"):
    raise SystemExit(f'{SOURCE} must end with a line end and not hold """#')
lines = ["        " + line if line else "" for line in text.split("\n")[:-1]]
TARGET.write_text(HEAD + "\n".join(lines) + '\n\n        """#\n}\n')
