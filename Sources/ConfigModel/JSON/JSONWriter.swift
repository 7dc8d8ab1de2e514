/// Builds JSON text member by member, in the order of the calls, around values that are written verbatim.
///
/// ```swift
/// var writer = JSONWriter()
/// writer.object { answer in
///     answer.member("version", record.version)
///     answer.member("config_data", verbatim: record.content.bytes)
///     answer.member("correlation_id", record.correlationID)  // nil: the member is left out
///     answer.array("items") { items in
///         for item in list { items.object { $0.member("name", item.name) } }
///     }
/// }
/// ```
///
/// Inside `object` only members make sense, inside `array` only elements; nothing checks that, nor that a key is written
/// once.
package struct JSONWriter: Sendable {
    /// What was written until now.
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// An empty writer.
    ///
    /// - Parameter capacity: a guess of the length, which saves growing.
    package init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    // MARK: Values, at the top or as elements of an array

    /// Writes an object as an element.
    package mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
        try container(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
    }

    /// Writes an array as an element.
    package mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
        try container(UInt8(ascii: "["), UInt8(ascii: "]"), body)
    }

    /// Writes a string as an element.
    package mutating func element(_ text: String) { value { JSONText.append(text, to: &$0) } }

    /// Writes an integer as an element.
    package mutating func element(_ number: some BinaryInteger) {
        value { $0.append(contentsOf: String(number).utf8) }
    }

    /// Writes a value as an element, in its canonical form.
    package mutating func element(_ json: JSONValue) { value { json.appendCanonical(to: &$0) } }

    /// Bytes that are one JSON value already.
    package mutating func element(verbatim json: [UInt8]) { value { $0.append(contentsOf: json) } }

    // MARK: Members of an object; nil leaves the member out

    /// Writes a string member; nothing for nil.
    package mutating func member(_ key: String, _ text: String?) {
        guard let text else { return }
        writeKey(key)
        element(text)
    }

    /// Writes a member that is an array of strings; nothing for nil.
    package mutating func member(_ key: String, _ texts: [String]?) {
        guard let texts else { return }
        array(key) { array in for text in texts { array.element(text) } }
    }

    /// Writes an integer member; nothing for nil.
    package mutating func member(_ key: String, _ number: (some BinaryInteger)?) {
        guard let number else { return }
        writeKey(key)
        element(number)
    }

    /// Writes a boolean member; nothing for nil.
    package mutating func member(_ key: String, _ flag: Bool?) {
        guard let flag else { return }
        writeKey(key)
        element(JSONValue.bool(flag))
    }

    /// Infinities and NaN, which JSON cannot say, become null.
    package mutating func member(_ key: String, _ number: Double?) {
        guard let number else { return }
        writeKey(key)
        element(JSONNumber(number).map { .number($0) } ?? .null)
    }

    /// Writes a member with a value in its canonical form; nothing for nil.
    package mutating func member(_ key: String, _ json: JSONValue?) {
        guard let json else { return }
        writeKey(key)
        element(json)
    }

    /// Bytes that are one JSON value already.
    package mutating func member(_ key: String, verbatim json: [UInt8]) {
        writeKey(key)
        element(verbatim: json)
    }

    /// Writes a member that is an object.
    package mutating func object(_ key: String, _ body: (inout JSONWriter) throws -> Void) rethrows {
        writeKey(key)
        try object(body)
    }

    /// Writes a member that is an array.
    package mutating func array(_ key: String, _ body: (inout JSONWriter) throws -> Void) rethrows {
        writeKey(key)
        try array(body)
    }

    // MARK: Parts

    private mutating func container(
        _ opening: UInt8, _ closing: UInt8, _ body: (inout JSONWriter) throws -> Void
    ) rethrows {
        separate()
        bytes.append(opening)
        needsComma = false
        try body(&self)
        bytes.append(closing)
        needsComma = true
    }

    private mutating func writeKey(_ key: String) {
        separate()
        JSONText.append(key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    private mutating func value(_ write: (inout [UInt8]) -> Void) {
        separate()
        write(&bytes)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }
}
