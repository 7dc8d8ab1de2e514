import ConfigModel

/// A strict reader of TOML 1.0; time and memory are linear in the input, the recursion is bounded.
struct TOMLParser {
    let source: NotationSource
    var position = 0
    private var depth = 0

    init(_ source: NotationSource) { self.source = source }

    mutating func document() throws(NotationError) -> JSONObject {
        var tables = TOMLTables()
        var table = TOMLTables.root
        while true {
            skipBlanks()
            switch peek() {
            case 0: return tables.object()
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "#"): break
            case UInt8(ascii: "["): table = try header(&tables)
            default: try pair(&tables, table)
            }
            try finishLine()
        }
    }

    // MARK: Lines

    /// Reads `[path]` or `[[path]]`.
    private mutating func header(_ tables: inout TOMLTables) throws(NotationError) -> Int {
        position += 1
        let isElement = peek() == UInt8(ascii: "[")
        if isElement { position += 1 }
        let path = try keyPath()
        for _ in 0..<(isElement ? 2 : 1) {
            guard peek() == UInt8(ascii: "]") else { throw expected(isElement ? "']]'" : "']'") }
            position += 1
        }
        do {
            return isElement ? try tables.openElement(path) : try tables.open(path)
        } catch {
            throw source.failure(at: error.key.offset, error.reason)
        }
    }

    /// Reads `path = value`.
    private mutating func pair(_ tables: inout TOMLTables, _ table: Int) throws(NotationError) {
        let path = try keyPath()
        guard peek() == UInt8(ascii: "=") else { throw expected("'=' behind the key") }
        position += 1
        skipBlanks()
        let value = try value()
        do {
            try tables.set(path, to: value, in: table)
        } catch {
            throw source.failure(at: error.key.offset, error.reason)
        }
    }

    private mutating func finishLine() throws(NotationError) {
        skipBlanks()
        try skipComment()
        guard try takeLineEnd() || peek() == 0 else { throw expected("the end of the line") }
    }

    // MARK: Keys

    /// Reads keys with dots between them, and the blanks behind.
    private mutating func keyPath() throws(NotationError) -> [TOMLKey] {
        var path: [TOMLKey] = []
        while true {
            skipBlanks()
            path.append(try key())
            skipBlanks()
            guard peek() == UInt8(ascii: ".") else { return path }
            position += 1
        }
    }

    private mutating func key() throws(NotationError) -> TOMLKey {
        let start = position
        switch peek() {
        case UInt8(ascii: "\""): return TOMLKey(text: try basicString(), offset: start)
        case UInt8(ascii: "'"): return TOMLKey(text: try literalString(), offset: start)
        default:
            while Self.isBareKey(peek()) { position += 1 }
            guard position > start else { throw expected("a key (letters, digits, '-' and '_', or in quotes)") }
            return TOMLKey(text: source.string(start..<position), offset: start)
        }
    }

    private static func isBareKey(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_")
    }

    // MARK: Values

    private mutating func value() throws(NotationError) -> JSONValue {
        switch peek() {
        case UInt8(ascii: "\""):
            return .string(isTripled(peek()) ? try multilineBasicString() : try basicString())
        case UInt8(ascii: "'"):
            return .string(isTripled(peek()) ? try multilineLiteralString() : try literalString())
        case UInt8(ascii: "["): return .array(try nested { (parser) throws(NotationError) in try parser.array() })
        case UInt8(ascii: "{"):
            return .object(try nested { (parser) throws(NotationError) in try parser.inlineTable() })
        default: return try word()
        }
    }

    private mutating func nested<Value>(
        _ read: (inout TOMLParser) throws(NotationError) -> Value
    ) throws(NotationError) -> Value {
        depth += 1
        defer { depth -= 1 }
        guard depth <= NotationLimits.depth else {
            throw source.failure(at: position, "the TOML is nested deeper than \(NotationLimits.depth) levels")
        }
        return try read(&self)
    }

    private mutating func array() throws(NotationError) -> [JSONValue] {
        position += 1
        var elements: [JSONValue] = []
        while true {
            try skipLines()
            if peek() == UInt8(ascii: "]") { break }
            elements.append(try value())
            try skipLines()
            if peek() == UInt8(ascii: "]") { break }
            guard peek() == UInt8(ascii: ",") else { throw expected("',' or ']'") }
            position += 1
        }
        position += 1
        return elements
    }

    private mutating func inlineTable() throws(NotationError) -> JSONObject {
        position += 1
        var tables = TOMLTables()
        skipBlanks()
        if peek() == UInt8(ascii: "}") {
            position += 1
            return tables.object()
        }
        while true {
            try pair(&tables, TOMLTables.root)
            skipBlanks()
            if peek() == UInt8(ascii: "}") { break }
            guard peek() == UInt8(ascii: ",") else { throw expected("',' or '}' on the same line") }
            position += 1
        }
        position += 1
        return tables.object()
    }

    // MARK: White space

    func peek(_ distance: Int = 0) -> UInt8 { source[position + distance] }

    mutating func skipBlanks() {
        while peek() == UInt8(ascii: " ") || peek() == UInt8(ascii: "\t") { position += 1 }
    }

    /// Steps over LF or CRLF; false when neither stands here.
    mutating func takeLineEnd() throws(NotationError) -> Bool {
        if peek() == UInt8(ascii: "\r") {
            guard peek(1) == UInt8(ascii: "\n") else {
                throw source.failure(at: position, "a carriage return stands only before a line feed in TOML")
            }
            position += 1
        }
        guard peek() == UInt8(ascii: "\n") else { return false }
        position += 1
        return true
    }

    private mutating func skipComment() throws(NotationError) {
        guard peek() == UInt8(ascii: "#") else { return }
        while peek() != UInt8(ascii: "\n"), peek() != UInt8(ascii: "\r"), peek() != 0 {
            try checkCharacter()
            position += 1
        }
    }

    private mutating func skipLines() throws(NotationError) {
        repeat {
            skipBlanks()
            try skipComment()
        } while try takeLineEnd()
    }

    /// Of the control characters only the tab may stand in comments and strings; most were refused before.
    func checkCharacter() throws(NotationError) {
        guard peek() != 0x7f else {
            throw source.failure(
                at: position, "the control character U+007F cannot stand here; write \\u007F in double quotes")
        }
    }

    func isTripled(_ quote: UInt8) -> Bool { peek() == quote && peek(1) == quote && peek(2) == quote }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    func expected(_ what: String) -> NotationError {
        source.failure(at: position, "\(what) is expected here, not \(source.character(at: position))")
    }
}
