/// A value to be sent to the server, written as a literal in the order in which it is meant:
///
/// ```swift
/// ["$match": ["_id.v": 1, "announced": false]]
/// ```
enum BSONValue: Sendable {
    case string(String)
    case bool(Bool)
    case int64(Int64)
    /// Milliseconds since 1970.
    case date(Int64)
    case timestamp(seconds: UInt32, increment: UInt32)
    /// Subtype 0.
    case binary([UInt8])
    /// The 16 bytes of a UUID.
    case uuid([UInt8])
    case array([BSONValue])
    case document(BSONFields)

    /// Replaced by the server's own time and a counter when it is a top-level field of an inserted document.
    static let serverTimestamp = BSONValue.timestamp(seconds: 0, increment: 0)
}

/// The fields of a document, in order.
struct BSONFields: Sendable {
    private(set) var fields: [(name: String, value: BSONValue)]

    init(_ fields: [(name: String, value: BSONValue)]) { self.fields = fields }

    /// Adds a field.
    mutating func append(_ name: String, _ value: BSONValue) { fields.append((name, value)) }

    /// Adds a field when there is a value for it.
    mutating func append(_ name: String, _ value: String?) {
        if let value { append(name, .string(value)) }
    }
}

extension BSONFields: ExpressibleByDictionaryLiteral {
    init(dictionaryLiteral elements: (String, BSONValue)...) { fields = elements.map { (name: $0.0, value: $0.1) } }
}

extension BSONValue: ExpressibleByStringLiteral {
    init(stringLiteral value: String) { self = .string(value) }
}

extension BSONValue: ExpressibleByBooleanLiteral {
    init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension BSONValue: ExpressibleByIntegerLiteral {
    init(integerLiteral value: Int64) { self = .int64(value) }
}

extension BSONValue: ExpressibleByArrayLiteral {
    init(arrayLiteral elements: BSONValue...) { self = .array(elements) }
}

extension BSONValue: ExpressibleByDictionaryLiteral {
    init(dictionaryLiteral elements: (String, BSONValue)...) {
        self = .document(BSONFields(elements.map { (name: $0.0, value: $0.1) }))
    }
}
