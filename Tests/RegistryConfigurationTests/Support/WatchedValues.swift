import Configuration
import TestSupport

extension ConfigType {
    /// Three JSON values of the type and what they are.
    var samples: [(json: String, content: ConfigContent)] {
        switch self {
        case .string: [("\"a\"", .string("a")), ("\"\"", .string("")), ("\"é\"", .string("é"))]
        case .int: [("1", .int(1)), ("-2", .int(-2)), ("9007199254740993", .int(9_007_199_254_740_993))]
        case .double: [("1.5", .double(1.5)), ("-2.25", .double(-2.25)), ("1e300", .double(1e300))]
        case .bool: [("true", .bool(true)), ("false", .bool(false)), ("true", .bool(true))]
        case .bytes: [("\"YQ==\"", .bytes([97])), ("\"\"", .bytes([])), ("\"Yg==\"", .bytes([98]))]
        case .stringArray:
            [("[\"a\"]", .stringArray(["a"])), ("[]", .stringArray([])), ("[\"a\",\"b\"]", .stringArray(["a", "b"]))]
        case .intArray: [("[1]", .intArray([1])), ("[]", .intArray([])), ("[1,2]", .intArray([1, 2]))]
        case .doubleArray: [("[1.5]", .doubleArray([1.5])), ("[]", .doubleArray([])), ("[2.5]", .doubleArray([2.5]))]
        case .boolArray: [("[true]", .boolArray([true])), ("[]", .boolArray([])), ("[false]", .boolArray([false]))]
        case .byteChunkArray:
            [("[\"YQ==\"]", .byteChunkArray([[97]])), ("[]", .byteChunkArray([])), ("[\"\"]", .byteChunkArray([[]]))]
        }
    }

    /// A JSON value that is of another type.
    var otherJSON: String { self == .bool ? "1" : "false" }
}

extension ConfigReader {
    /// Watches a value of any type and passes on what it is; nil for none and for a failure.
    func watch(_ key: ConfigKey, _ type: ConfigType, _ body: (ConfigContent?) -> Void) async throws {
        switch type {
        case .string: try await watchString(forKey: key) { for await value in $0 { body(value.map { .string($0) }) } }
        case .int: try await watchInt(forKey: key) { for await value in $0 { body(value.map { .int($0) }) } }
        case .double: try await watchDouble(forKey: key) { for await value in $0 { body(value.map { .double($0) }) } }
        case .bool: try await watchBool(forKey: key) { for await value in $0 { body(value.map { .bool($0) }) } }
        case .bytes: try await watchBytes(forKey: key) { for await value in $0 { body(value.map { .bytes($0) }) } }
        default: try await watchArray(key, type, body)
        }
    }

    private func watchArray(_ key: ConfigKey, _ type: ConfigType, _ body: (ConfigContent?) -> Void) async throws {
        switch type {
        case .stringArray:
            try await watchStringArray(forKey: key) { for await value in $0 { body(value.map { .stringArray($0) }) } }
        case .intArray:
            try await watchIntArray(forKey: key) { for await value in $0 { body(value.map { .intArray($0) }) } }
        case .doubleArray:
            try await watchDoubleArray(forKey: key) { for await value in $0 { body(value.map { .doubleArray($0) }) } }
        case .boolArray:
            try await watchBoolArray(forKey: key) { for await value in $0 { body(value.map { .boolArray($0) }) } }
        default:
            try await watchByteChunkArray(forKey: key) {
                for await value in $0 { body(value.map { .byteChunkArray($0) }) }
            }
        }
    }
}
