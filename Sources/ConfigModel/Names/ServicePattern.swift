/// Which services are meant: dot-separated words, of which `*` stands for exactly one word and `#`, which may only be the last,
/// for any number of words, none too.
///
/// `tenants.acme.#` means `tenants.acme` and everything below, not `tenants.acme2`. The words have the meaning that they have in
/// the binding of a topic exchange (AMQP 0-9-1, section 3.1.3.3), so that one text makes a grant and a permission of the broker.
package struct ServicePattern: Sendable, Hashable {
    /// A part between two dots.
    package enum Word: Sendable, Hashable {
        /// This word.
        case literal(String)
        /// Exactly one word, whatever it is: `*`.
        case one
        /// Any number of words: `#`.
        case rest
    }

    /// At least one; `.rest` is only the last.
    package let words: [Word]

    /// All services: `#`.
    package static let everything = ServicePattern(words: [.rest])

    private init(words: [Word]) { self.words = words }

    /// Reads the text form.
    ///
    /// - Throws: `InvalidPattern`, which says what a pattern may be.
    package init(parsing text: String) throws(InvalidPattern) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        var words: [Word] = []
        for (index, part) in parts.enumerated() {
            switch part {
            case "*": words.append(.one)
            case "#":
                guard index == parts.count - 1 else {
                    throw InvalidPattern(text: text, reason: "'#' may only be the last word")
                }
                words.append(.rest)
            default:
                guard !part.isEmpty, part.utf8.allSatisfy(Self.isPartOfName) else {
                    throw InvalidPattern(
                        text: text,
                        reason:
                            "a service is words of letters, digits, '_' and '-' between dots; '*' is one word, '#' as the "
                            + "last word any number")
                }
                words.append(.literal(String(part)))
            }
        }
        self.init(words: words)
    }

    /// True when the service is meant.
    package func matches(_ service: String) -> Bool {
        // Requests are let in by this: no array of parts, no text of each.
        var rest = service.utf8[...]
        for (index, word) in words.enumerated() {
            if word == .rest { return true }
            let end = rest.firstIndex(of: UInt8(ascii: ".")) ?? rest.endIndex
            if case .literal(let text) = word, !text.utf8.elementsEqual(rest[..<end]) { return false }
            // `#` may stand for no word at all.
            guard end < rest.endIndex else { return words[(index + 1)...].allSatisfy { $0 == .rest } }
            rest = rest[rest.index(after: end)...]
        }
        return false
    }

    /// True when every service that the other pattern means is meant by this one too, as far as the words show it.
    package func includes(_ other: ServicePattern) -> Bool {
        for (index, word) in words.enumerated() {
            if word == .rest { return true }
            guard index < other.words.count else { return false }
            switch (word, other.words[index]) {
            case (_, .rest): return false
            case (.one, _): continue
            case (let mine, let theirs): guard mine == theirs else { return false }
            }
        }
        return words.count == other.words.count
    }

    private static func isPartOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension ServicePattern: CustomStringConvertible {
    /// The text form.
    package var description: String {
        words.map { word in
            switch word {
            case .literal(let text): text
            case .one: "*"
            case .rest: "#"
            }
        }.joined(separator: ".")
    }
}

/// A pattern that cannot be read.
package struct InvalidPattern: Error, Sendable, Equatable, CustomStringConvertible {
    /// As it was given.
    package let text: String
    /// What is wrong, without a full stop.
    package let reason: String

    /// One sentence that says what a pattern may be.
    package var description: String { "\(JSONValue.string(text)) cannot be used: \(reason)." }

    /// Says what is wrong.
    package init(text: String, reason: String) {
        self.text = text
        self.reason = reason
    }
}
