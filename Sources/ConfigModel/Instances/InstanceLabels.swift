/// What an operator says about an instance, such as `zone=eu-1`: at most 16 labels.
///
/// A key follows `[a-z][a-z0-9_.-]{0,31}`; a value has at most 64 bytes and no control characters.
public struct InstanceLabels: Hashable, Sendable {
    /// How many there may be.
    public static let limit = 16

    /// The values by their keys.
    public let values: [String: String]

    /// No labels.
    public init() { values = [:] }

    /// Checks labels.
    ///
    /// - Throws: `InvalidLabels`, whose description names the label and the rule.
    public init(_ values: [String: String]) throws(InvalidLabels) {
        guard values.count <= Self.limit else {
            throw InvalidLabels(description: "There are \(values.count) labels; at most \(Self.limit) are possible.")
        }
        for (key, value) in values.sorted(by: { UTF8Order.isLess($0.key, $1.key) }) {
            guard Self.isKey(key) else {
                throw InvalidLabels(
                    description: "\(JSONValue.string(key)) is not the key of a label: it must match \(Self.keyPattern)."
                )
            }
            guard value.utf8.count <= Self.longestValue, ControlCharacters.escaped(value) == value else {
                throw InvalidLabels(
                    description:
                        "The value of the label \(key) must have at most \(Self.longestValue) bytes and no control characters."
                )
            }
        }
        self.values = values
    }

    private static let keyPattern = "[a-z][a-z0-9_.-]{0,31}"
    private static let longestValue = 64

    private static func isKey(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 32, isLetter(first) else { return false }
        return text.utf8.allSatisfy { byte in
            isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "_.-".utf8.contains(byte)
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
}

/// Labels that break their rules.
public struct InvalidLabels: Error, Equatable, CustomStringConvertible {
    /// One sentence that names the label and the rule.
    public let description: String
}
