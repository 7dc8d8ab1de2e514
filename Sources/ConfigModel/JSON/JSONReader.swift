/// A strict reader of RFC 8259 over UTF-8 bytes.
///
/// Refused, where lenient readers guess: anything but UTF-8, a byte order mark, duplicate keys, lone surrogates, trailing
/// commas, comments, bytes after the value, and more than the limits allow. Time and memory are linear in the input
/// (objects whose keys are not sorted: n log n); the recursion is bounded by `JSONLimits.depthCeiling`.
package struct JSONReader {
    /// A value and whether the bytes were its canonical form already.
    package struct Reading {
        /// What was read.
        package let value: JSONValue
        /// True when the text was the value's canonical bytes already.
        package let isCanonical: Bool
        /// The place of the requested member's value, when its bytes are canonical.
        package let canonicalMember: Range<Int>?
    }

    let bytes: UnsafeBufferPointer<UInt8>
    let limits: JSONLimits
    var position = 0
    /// Becomes false with the first byte that the canonical writer would have written differently.
    var isCanonical = true
    /// The key of the outermost object whose value's place is wanted, and that place.
    private let notedKey: String?
    private var notedRange: Range<Int>?
    /// Elements of the arrays that are open; an array takes its own from the end when it closes.
    private var elements: [JSONValue] = []
    /// Members of the objects that are open.
    private var members: [JSONMember] = []
    /// Unescaped bytes of the string being read.
    var unescaped: [UInt8] = []

    private init(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits, noting key: String?) {
        self.bytes = bytes
        self.limits = limits
        notedKey = key
    }

    /// Reads one value that fills the input.
    package static func read(_ bytes: [UInt8], limits: JSONLimits = .default) throws(JSONError) -> JSONValue {
        try reading(bytes, limits: limits).value
    }

    /// Reads one value that fills the input, and finds out whether the input was canonical.
    ///
    /// - Parameter key: a member of the outermost object for which it is found out too.
    package static func reading(
        _ bytes: [UInt8], limits: JSONLimits = .default, noting key: String? = nil
    ) throws(JSONError) -> Reading {
        try bytes.withUnsafeBufferPointer { buffer throws(JSONError) in
            try reading(buffer, limits: limits, noting: key)
        }
    }

    /// Reads one value that fills the input, and finds out whether the input was canonical.
    package static func reading(
        _ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits = .default, noting key: String? = nil
    ) throws(JSONError) -> Reading {
        var reader = JSONReader(bytes, limits: limits, noting: key)
        do {
            let value = try reader.readDocument()
            return Reading(
                value: value, isCanonical: reader.isCanonical, canonicalMember: reader.notedRange)
        } catch {
            throw JSONError(error, in: bytes)
        }
    }

    private mutating func readDocument() throws(JSONReadFailure) -> JSONValue {
        guard bytes.count <= limits.maximumBytes else { throw failure(.tooLong(limit: limits.maximumBytes)) }
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { throw failure(.byteOrderMark) }
        skipWhiteSpace()
        let value = try readValue(depth: 1)
        skipWhiteSpace()
        guard position == bytes.count else { throw failure(.trailingBytes) }
        return value
    }

    private mutating func readValue(depth: Int) throws(JSONReadFailure) -> JSONValue {
        guard position < bytes.count else { throw failure(.unexpectedEnd) }
        switch bytes[position] {
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "{"): return .object(try readObject(depth: depth))
        case UInt8(ascii: "["): return .array(try readArray(depth: depth))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try readNumber())
        case UInt8(ascii: "t"): return try readWord("true", .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", .null)
        default: throw failure(.expected("a JSON value"))
        }
    }

    private mutating func readArray(depth: Int) throws(JSONReadFailure) -> [JSONValue] {
        try enterContainer(depth: depth)
        if peek(UInt8(ascii: "]")) {
            position += 1
            return []
        }
        let floor = elements.count
        while true {
            elements.append(try readValue(depth: depth + 1))
            if try !readSeparator(closing: UInt8(ascii: "]")) { break }
            if peek(UInt8(ascii: "]")) { throw failure(.expected("another element: remove the comma before ']'")) }
        }
        let own = Array(elements[floor...])
        elements.removeLast(own.count)
        return own
    }

    private mutating func readObject(depth: Int) throws(JSONReadFailure) -> JSONObject {
        let start = position
        try enterContainer(depth: depth)
        if peek(UInt8(ascii: "}")) {
            position += 1
            return JSONObject()
        }
        let floor = members.count
        var isSorted = true
        while true {
            let keyStart = position
            let key = try readKey()
            if members.count > floor {
                let order = UTF8Order.compare(members[members.count - 1].key, key)
                if order == 0 { throw JSONReadFailure(reason: .duplicateKey(key), offset: keyStart) }
                if order > 0 { isSorted = false }
            }
            let value =
                depth == 1 && isNoted(key) ? try readNotedValue() : try readValue(depth: depth + 1)
            members.append(JSONMember(key: key, value: value))
            if try !readSeparator(closing: UInt8(ascii: "}")) { break }
            if peek(UInt8(ascii: "}")) { throw failure(.expected("another key: remove the comma before '}'")) }
        }
        var own = Array(members[floor...])
        members.removeLast(own.count)
        if !isSorted { try sort(&own, ofObjectAt: start) }
        return JSONObject(sorted: own)
    }

    private func isNoted(_ key: String) -> Bool { notedKey.map { UTF8Order.areEqual($0, key) } ?? false }

    private mutating func readNotedValue() throws(JSONReadFailure) -> JSONValue {
        let start = position
        let wasCanonical = isCanonical
        isCanonical = true
        let value = try readValue(depth: 2)
        if isCanonical { notedRange = start..<position }
        isCanonical = isCanonical && wasCanonical
        return value
    }

    /// Reads a key, the colon and the white space around it.
    private mutating func readKey() throws(JSONReadFailure) -> String {
        guard position < bytes.count else { throw failure(.unexpectedEnd) }
        guard bytes[position] == UInt8(ascii: "\"") else { throw failure(.expected("a key in double quotes")) }
        let key = try readString()
        skipWhiteSpace()
        guard position < bytes.count else { throw failure(.unexpectedEnd) }
        guard bytes[position] == UInt8(ascii: ":") else { throw failure(.expected("':' after the key")) }
        position += 1
        skipWhiteSpace()
        return key
    }

    private mutating func sort(_ own: inout [JSONMember], ofObjectAt start: Int) throws(JSONReadFailure) {
        isCanonical = false
        own.sort { UTF8Order.isLess($0.key, $1.key) }
        for index in 1..<own.count where UTF8Order.areEqual(own[index - 1].key, own[index].key) {
            let key = own[index].key
            let offset = JSONWalk.secondOccurrence(of: key, inObjectAt: start, of: bytes, end: position)
            throw JSONReadFailure(reason: .duplicateKey(key), offset: offset)
        }
    }

    /// Steps over the opening bracket and the white space behind it.
    private mutating func enterContainer(depth: Int) throws(JSONReadFailure) {
        guard depth <= limits.maximumDepth else { throw failure(.tooDeep(limit: limits.maximumDepth)) }
        position += 1
        skipWhiteSpace()
        guard position < bytes.count else { throw failure(.unexpectedEnd) }
    }

    /// Steps over a comma (true) or the closing bracket (false), and the white space around a comma.
    private mutating func readSeparator(closing: UInt8) throws(JSONReadFailure) -> Bool {
        skipWhiteSpace()
        guard position < bytes.count else { throw failure(.unexpectedEnd) }
        switch bytes[position] {
        case UInt8(ascii: ","):
            position += 1
            skipWhiteSpace()
            return true
        case closing:
            position += 1
            return false
        default:
            throw failure(.expected(closing == UInt8(ascii: "}") ? "',' or '}'" : "',' or ']'"))
        }
    }

    private mutating func readWord(_ word: StaticString, _ value: JSONValue) throws(JSONReadFailure) -> JSONValue {
        let length = word.utf8CodeUnitCount
        guard position + length <= bytes.count,
            bytes[position..<position + length].elementsEqual(
                UnsafeBufferPointer(start: word.utf8Start, count: length))
        else { throw failure(.expected("a JSON value")) }
        position += length
        return value
    }

    private mutating func skipWhiteSpace() {
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
            default:
                if position > start { isCanonical = false }
                return
            }
        }
        if position > start { isCanonical = false }
    }

    private func peek(_ byte: UInt8) -> Bool { position < bytes.count && bytes[position] == byte }

    func failure(_ reason: JSONError.Reason) -> JSONReadFailure { JSONReadFailure(reason: reason, offset: position) }
}

/// What went wrong at which byte; line, column and pointer are found out afterwards.
struct JSONReadFailure: Error {
    let reason: JSONError.Reason
    let offset: Int
}
