import ConfigModel

/// The secrets of one document that were found, and where they belong. They live in memory only.
package struct ResolvedSecrets: Sendable, Equatable {
    struct Entry: Sendable, Equatable {
        let pointer: JSONPointer
        /// As the document names it.
        let reference: String
        let value: String
    }

    private(set) var entries: [Entry] = []

    /// True when the document names none.
    package var isEmpty: Bool { entries.isEmpty }

    mutating func add(_ entry: Entry) { entries.append(entry) }

    /// True when the value at this place is a secret, or an array with one in it.
    package func contains(_ names: [String]) -> Bool {
        entries.contains { $0.pointer.tokens.starts(with: names) }
    }

    /// The text without the secrets, for reports.
    func redacted(_ text: String) -> String {
        guard !isEmpty else { return text }
        // The longest first: one may be a part of another.
        let values = Set(entries.flatMap { Self.forms(of: $0.value) }).sorted { $0.count > $1.count }
        return String(decoding: values.reduce(Array(text.utf8), Self.removing), as: UTF8.self)
    }

    /// How a value stands in a text: as it is, or as a part of something that was printed or written as JSON.
    private static func forms(of value: String) -> [[UInt8]] {
        let quoted = [Array(String(reflecting: value).utf8), JSONValue.string(value).canonicalBytes]
        let forms = [Array(value.utf8)] + quoted.map { Array($0.dropFirst().dropLast()) }
        return forms.filter { !$0.isEmpty }
    }

    /// Byte by byte: a secret beside an accent is still one.
    private static func removing(from text: [UInt8], _ secret: [UInt8]) -> [UInt8] {
        var (rest, result) = (text[...], [UInt8]())
        while let start = rest.firstIndex(of: secret[0]) {
            result += rest[..<start]
            rest = rest[start...]
            if rest.starts(with: secret) {
                result += "[secret]".utf8
                rest = rest.dropFirst(secret.count)
            } else {
                result.append(rest.removeFirst())
            }
        }
        return result + rest
    }
}

extension ResolvedSecrets: CustomStringConvertible, CustomReflectable {
    /// How many there are.
    package var description: String { "\(entries.count) secrets" }

    /// Nothing: a dump must not show them either.
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
