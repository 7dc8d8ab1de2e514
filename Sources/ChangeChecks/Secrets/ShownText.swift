package import ConfigModel

/// What an answer says of names that a caller chose: no text of it repeats one that looks like a secret.
package enum ShownText {
    /// Stands for what is not shown.
    package static let mask = "***"

    private static let nothing = "What was sent is not repeated here, because it looks like a secret."

    /// A pointer: a key that looks like a secret is `***`.
    package static func pointer(_ pointer: String) -> String {
        guard let tokens = try? JSONPointer(parsing: pointer).tokens else { return sentence(pointer) }
        return JSONPointer(tokens: tokens.map { isSecret(key: $0) ? mask : $0 }).description
    }

    /// A key of an object: `***` when it looks like a secret.
    package static func key(_ key: String) -> String { isSecret(key: key) ? mask : key }

    /// Whether a key is not shown. The check of a content asks the same, so that overrides and pointers hide the same keys.
    static func isSecret(key: String) -> Bool { isSecret(key, at: .key) }

    /// A sentence: a quoted name, a word or a part of a pointer in it that looks like a secret is `***`.
    package static func sentence(_ text: String) -> String {
        var shown: [UInt8] = []
        var rest = text.utf8[...]
        while let first = rest.first {
            if first == UInt8(ascii: "\"") {
                let quoted = Self.quoted(rest)
                rest = rest.dropFirst(quoted.count)
                shown += isSecret(quoted) ? Array("\"\(mask)\"".utf8) : Array(quoted)
            } else if separates(first) {
                shown.append(first)
                rest = rest.dropFirst()
            } else {
                let word = rest.prefix { !separates($0) && $0 != UInt8(ascii: "\"") }
                let end = word.reversed().prefix { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }.count
                shown += Self.word(word.dropLast(end)) + word.suffix(end)
                rest = rest.dropFirst(word.count)
            }
        }
        let result = String(decoding: shown, as: UTF8.self)
        // A secret that is no single word, in a place where nothing is quoted, or one that a mark in it cuts in two.
        return isSecret(result) ? nothing : result
    }

    /// Whether a text looks like a secret as it stands, or behind the escapes that pointers and URLs have.
    private static func isSecret(_ text: String, at position: TextScanner.Position = .value) -> Bool {
        var text = text
        for _ in 0...deepestEscapes {
            if !TextScanner.rules(in: text, position: position).isEmpty { return true }
            let plain = EscapedText.unescaped(text)
            guard plain.utf8.count < text.utf8.count else { return false }
            text = plain
        }
        // What is escaped again and again is not repeated.
        return true
    }

    /// A key with an escaped URL, in a pointer, in a path, and once more.
    private static let deepestEscapes = 4

    private static func isSecret(_ bytes: Substring.UTF8View) -> Bool {
        isSecret(String(decoding: bytes, as: UTF8.self))
    }

    private static func separates(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "'"),
            UInt8(ascii: "\u{60}"):
            true
        default: false
        }
    }

    /// A JSON string with its quotes; the rest where it does not end.
    private static func quoted(_ text: Substring.UTF8View) -> Substring.UTF8View {
        var index = text.index(after: text.startIndex)
        while index < text.endIndex {
            let byte = text[index]
            index = text.index(after: index)
            if byte == UInt8(ascii: "\"") { return text[..<index] }
            if byte == UInt8(ascii: "\\"), index < text.endIndex { index = text.index(after: index) }
        }
        return text
    }

    /// Of a pointer only the keys that are secrets are left out.
    private static func word(_ word: Substring.UTF8View) -> [UInt8] {
        let parts = word.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard isSecret(word) || parts.contains(where: { isSecret($0) }) else { return Array(word) }
        let shown = parts.map { isSecret($0) ? Array(mask.utf8) : Array($0) }.joined(separator: [UInt8(ascii: "/")])
        let result = String(decoding: Array(shown), as: UTF8.self)
        return Array((isSecret(result) ? mask : result).utf8)
    }
}

extension CheckFinding {
    /// As it may be shown: a key, or a name in a schema, that looks like a secret is `***`.
    package var shown: CheckFinding {
        CheckFinding(
            check, rule: rule, pointer: ShownText.pointer(pointer), keyword: keyword,
            schemaPointer: schemaPointer.map(ShownText.pointer), environment: environment,
            message: ShownText.sentence(message), override: override)
    }
}

extension CheckReport {
    /// As it may be shown.
    package var shown: CheckReport {
        CheckReport(findings: findings.map(\.shown), warnings: warnings.map(\.shown))
    }
}
