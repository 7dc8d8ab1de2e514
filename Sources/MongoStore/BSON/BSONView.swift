import CMongoC

/// A document that the driver owns, as a cursor or a reply lends it: not to be kept.
///
/// A field that is absent or null is nil; a field of another type than the expected is a failure that names it.
struct BSONView {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    /// The encoded length in bytes.
    var length: Int { Int(UnsafeRawPointer(bson_get_data(pointer)).loadUnaligned(as: Int32.self)) }

    func stringIfPresent(_ name: String) throws(MongoFailure) -> String? {
        try value(name, "a string", Self.string(at:))
    }

    /// The texts of an array.
    func stringsIfPresent(_ name: String) throws(MongoFailure) -> [String]? {
        try value(name, "an array of strings") { iterator in
            BSONStorage.with { element -> [String]? in
                guard bson_iter_type(iterator) == BSON_TYPE_ARRAY, bson_iter_recurse(iterator, element) else {
                    return nil
                }
                var texts: [String] = []
                while bson_iter_next(element) {
                    guard let text = Self.string(at: element) else { return nil }
                    texts.append(text)
                }
                return texts
            }
        }
    }

    /// Any of the numbers that are whole by type.
    func int64IfPresent(_ name: String) throws(MongoFailure) -> Int64? {
        try value(name, "a whole number") { iterator in
            switch bson_iter_type(iterator) {
            case BSON_TYPE_INT64, BSON_TYPE_INT32: bson_iter_as_int64(iterator)
            default: nil
            }
        }
    }

    func boolIfPresent(_ name: String) throws(MongoFailure) -> Bool? {
        try value(name, "a boolean") { bson_iter_type($0) == BSON_TYPE_BOOL ? bson_iter_bool($0) : nil }
    }

    /// Milliseconds since 1970.
    func dateIfPresent(_ name: String) throws(MongoFailure) -> Int64? {
        try value(name, "a date") { bson_iter_type($0) == BSON_TYPE_DATE_TIME ? bson_iter_date_time($0) : nil }
    }

    /// The seconds of a timestamp.
    func timestampIfPresent(_ name: String) throws(MongoFailure) -> Int64? {
        try momentIfPresent(name).map { Int64($0.seconds) }
    }

    /// A timestamp as a whole.
    func momentIfPresent(_ name: String) throws(MongoFailure) -> (seconds: UInt32, increment: UInt32)? {
        try value(name, "a timestamp") { iterator in
            guard bson_iter_type(iterator) == BSON_TYPE_TIMESTAMP else { return nil }
            var seconds: UInt32 = 0
            var increment: UInt32 = 0
            bson_iter_timestamp(iterator, &seconds, &increment)
            return (seconds, increment)
        }
    }

    /// Binary data of any subtype.
    func binaryIfPresent(_ name: String) throws(MongoFailure) -> [UInt8]? {
        try value(name, "binary data") { iterator in
            guard bson_iter_type(iterator) == BSON_TYPE_BINARY else { return nil }
            var length: UInt32 = 0
            var bytes: UnsafePointer<UInt8>?
            bson_iter_binary(iterator, nil, &length, &bytes)
            return Array(UnsafeBufferPointer(start: bytes, count: Int(length)))
        }
    }

    /// What `body` makes of a nested document.
    func documentIfPresent<Value>(
        _ name: String, _ body: (BSONView) throws(MongoFailure) -> Value
    ) throws(MongoFailure) -> Value? {
        try value(name, "a document") { Self.document(at: $0, body) }?.get()
    }

    /// What `body` makes of each document of an array; none when the field is absent.
    func documents<Value>(
        _ name: String, _ body: (BSONView) throws(MongoFailure) -> Value
    ) throws(MongoFailure) -> [Value] {
        let results = try value(name, "an array of documents") { iterator in
            BSONStorage.with { element -> [Result<Value, MongoFailure>]? in
                guard bson_iter_type(iterator) == BSON_TYPE_ARRAY, bson_iter_recurse(iterator, element) else {
                    return nil
                }
                var results: [Result<Value, MongoFailure>] = []
                while bson_iter_next(element) {
                    guard let result = Self.document(at: element, body) else { return nil }
                    results.append(result)
                }
                return results
            }
        }
        var values: [Value] = []
        for result in results ?? [] { values.append(try result.get()) }
        return values
    }

    /// The fields in order, each with its number; nil for one that is neither a number nor a boolean.
    var numbers: [(name: String, value: Int64?)] {
        BSONStorage.with { iterator in
            var numbers: [(name: String, value: Int64?)] = []
            guard bson_iter_init(iterator, pointer) else { return numbers }
            while bson_iter_next(iterator) {
                let isNumber =
                    switch bson_iter_type(iterator) {
                    case BSON_TYPE_INT64, BSON_TYPE_INT32, BSON_TYPE_DOUBLE, BSON_TYPE_BOOL: true
                    default: false
                    }
                numbers.append(
                    (String(cString: bson_iter_key(iterator)), isNumber ? bson_iter_as_int64(iterator) : nil))
            }
            return numbers
        }
    }

    /// - Parameter read: nil when the field has another type.
    private func value<Value>(
        _ name: String, _ type: String, _ read: (OpaquePointer) -> Value?
    ) throws(MongoFailure) -> Value? {
        let found = BSONStorage.with { iterator -> Value?? in
            guard bson_iter_init_find(iterator, pointer, name), bson_iter_type(iterator) != BSON_TYPE_NULL else {
                return .none
            }
            return .some(read(iterator))
        }
        switch found {
        case .none: return nil
        case .some(.none): throw MongoFailure(.malformed, "'\(name)' is not \(type)")
        case .some(.some(let value)): return value
        }
    }

    /// Nil when the iterator does not stand on a string.
    private static func string(at iterator: OpaquePointer) -> String? {
        guard bson_iter_type(iterator) == BSON_TYPE_UTF8 else { return nil }
        var length: UInt32 = 0
        guard let characters = bson_iter_utf8(iterator, &length) else { return nil }
        return String(validating: UnsafeRawBufferPointer(start: characters, count: Int(length)), as: UTF8.self)
    }

    /// Nil when the iterator does not stand on a document.
    private static func document<Value>(
        at iterator: OpaquePointer, _ body: (BSONView) throws(MongoFailure) -> Value
    ) -> Result<Value, MongoFailure>? {
        guard bson_iter_type(iterator) == BSON_TYPE_DOCUMENT else { return nil }
        var length: UInt32 = 0
        var bytes: UnsafePointer<UInt8>?
        bson_iter_document(iterator, &length, &bytes)
        return BSONStorage.with { nested in
            guard bson_init_static(nested, bytes, Int(length)) else { return nil }
            return Result { () throws(MongoFailure) in try body(BSONView(nested)) }
        }
    }
}
