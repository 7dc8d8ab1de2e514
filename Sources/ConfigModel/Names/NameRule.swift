/// What a name may be made of.
package struct NameRule: Sendable {
    /// The rule for names of services.
    package static let service = NameRule(
        kind: "service", punctuation: "._-", maximumLength: 128, pattern: "[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
    /// The rule for names of environments.
    package static let environment = NameRule(
        kind: "environment", punctuation: "_-", maximumLength: 64, pattern: "[A-Za-z0-9][A-Za-z0-9_-]{0,63}")

    /// The rule for names of instances.
    package static let instance = NameRule(
        kind: "instance", punctuation: "._:-", maximumLength: 128, pattern: "[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")

    /// What is named, for messages.
    package let kind: String
    /// The characters that are allowed beside ASCII letters and digits, but not first.
    package let punctuation: String
    /// The most characters.
    package let maximumLength: Int
    /// The rule as a regular expression.
    package let pattern: String

    /// Returns the name when it follows the rule.
    package func check(_ name: String) throws(InvalidName) -> String {
        let bytes = name.utf8
        guard let first = bytes.first, bytes.count <= maximumLength, Self.isAlphanumeric(first),
            bytes.allSatisfy({ Self.isAlphanumeric($0) || punctuation.utf8.contains($0) })
        else { throw InvalidName(kind: kind, name: name, pattern: pattern) }
        return name
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}

/// A name of a service, an environment or an instance that breaks its rule.
public struct InvalidName: Error, Equatable, CustomStringConvertible {
    /// `service`, `environment` or `instance`.
    public let kind: String
    /// The name as it was given.
    public let name: String
    /// The rule, as a regular expression.
    public let pattern: String

    /// One sentence that names the rule.
    public var description: String {
        let printable = name.utf8.prefix(80).map { (0x20...0x7e).contains($0) ? $0 : UInt8(ascii: "?") }
        let shown = String(decoding: printable, as: UTF8.self)
        return "'\(shown)' is not \(kind == "service" ? "a" : "an") \(kind) name: it must match \(pattern)."
    }
}
