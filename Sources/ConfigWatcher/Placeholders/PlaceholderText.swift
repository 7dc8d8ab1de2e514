/// A string of a document in its parts: literal text, and what is to be replaced.
struct PlaceholderText: Sendable, Equatable {
    enum Part: Sendable, Equatable {
        case literal(String)
        case placeholder(Placeholder)
    }

    let parts: [Part]

    /// The only part, when it is a placeholder.
    var only: Placeholder? {
        guard parts.count == 1, case .placeholder(let placeholder) = parts[0] else { return nil }
        return placeholder
    }

    /// Reads a string; nil when it has neither a placeholder nor an escape.
    ///
    /// - Throws: `Fault` about what begins like a placeholder and is none.
    init?(_ text: String) throws(Fault) {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return nil }
        var scanner = Scanner(bytes: Array(text.utf8))
        let parts = try scanner.parts()
        guard scanner.hasFound else { return nil }
        self.parts = parts
    }

    /// What is wrong with a placeholder, without anything of the string.
    enum Fault: Error, Sendable, Equatable {
        case notClosed
        case noName
        case nameTooLong
        case unknownType
        case noEnd
    }
}

/// `${NAME}` with what belongs to it.
struct Placeholder: Sendable, Equatable {
    /// What the text has to become.
    enum Kind: String, Sendable {
        case string, int, number, bool
    }

    /// The text in the place of a variable that is not there.
    struct Default: Sendable, Equatable {
        let text: String
        /// Also for a variable that is set to nothing.
        let coversEmpty: Bool
    }

    let kind: Kind
    let name: String
    let fallback: Default?
}

extension PlaceholderText.Fault {
    /// What is wrong and what to do, as the end of a sentence.
    var reason: String {
        switch self {
        case .notClosed: "a placeholder does not end with '}'"
        case .noName: "no name of a variable ([A-Za-z_][A-Za-z0-9_]*) follows '${'"
        case .nameTooLong: "the name of a variable is longer than 128 characters"
        case .unknownType: "a placeholder has another type than int, number or bool"
        case .noEnd: "'}', ':-' or '-' has to follow the name of a variable"
        }
    }
}

private struct Scanner {
    let bytes: [UInt8]
    var place = 0
    /// Something is not literally what it says.
    var hasFound = false

    mutating func parts() throws(PlaceholderText.Fault) -> [PlaceholderText.Part] {
        var parts: [PlaceholderText.Part] = []
        var literal: [UInt8] = []
        while place < bytes.count {
            if isNext("$${") {
                (hasFound, place) = (true, place + 3)
                literal += Array("${".utf8)
            } else if isNext("${") {
                (hasFound, place) = (true, place + 2)
                if !literal.isEmpty { parts.append(.literal(String(decoding: literal, as: UTF8.self))) }
                literal = []
                parts.append(.placeholder(try placeholder()))
            } else {
                literal.append(bytes[place])
                place += 1
            }
        }
        if !literal.isEmpty { parts.append(.literal(String(decoding: literal, as: UTF8.self))) }
        return parts
    }

    private mutating func placeholder() throws(PlaceholderText.Fault) -> Placeholder {
        var kind = Placeholder.Kind.string
        var name = try self.name()
        if isNext(":"), !isNext(":-") {
            guard let type = Placeholder.Kind(rawValue: name), type != .string else { throw .unknownType }
            place += 1
            kind = type
            name = try self.name()
        }
        guard place < bytes.count else { throw .notClosed }
        if isNext("}") {
            place += 1
            return Placeholder(kind: kind, name: name, fallback: nil)
        }
        let coversEmpty = isNext(":-")
        guard coversEmpty || isNext("-") else { throw .noEnd }
        place += coversEmpty ? 2 : 1
        return Placeholder(kind: kind, name: name, fallback: .init(text: try fallback(), coversEmpty: coversEmpty))
    }

    private mutating func name() throws(PlaceholderText.Fault) -> String {
        let start = place
        while place < bytes.count, isNameByte(bytes[place], isFirst: place == start) { place += 1 }
        guard place > start else { throw place < bytes.count ? .noName : .notClosed }
        guard place - start <= 128 else { throw .nameTooLong }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    /// Plain text up to the first `}`; `\}` and `\\` stand for `}` and `\`.
    private mutating func fallback() throws(PlaceholderText.Fault) -> String {
        var text: [UInt8] = []
        while place < bytes.count {
            if isNext("}") {
                place += 1
                return String(decoding: text, as: UTF8.self)
            }
            if isNext("\\}") || isNext("\\\\") { place += 1 }
            text.append(bytes[place])
            place += 1
        }
        throw .notClosed
    }

    private func isNext(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes[place...].starts(with: $0) }
    }

    private func isNameByte(_ byte: UInt8, isFirst: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): !isFirst
        default: false
        }
    }
}
