/// The findings that the author of a change lets pass, by name: `blast-radius`, `schema`, `secret:/db/password`.
///
/// Nothing overrides everything: a secret is named with its place, so that the next one does not slip through.
public struct CheckOverrides: Sendable, Hashable {
    /// In the order of their UTF-8 bytes, each once.
    public let names: [String]

    /// No override.
    public static let none = CheckOverrides()

    private init() { names = [] }

    /// Checks the names.
    ///
    /// - Parameter names: in any order; a name that occurs twice counts once.
    /// - Throws: `InvalidOverride` for a name that overrides no check, and for more than 4 KiB together.
    public init(_ names: [String]) throws(InvalidOverride) {
        for name in names { try Self.check(name) }
        self.names = Self.sorted(names)
        guard recorded?.utf8.count ?? 0 <= Self.maximumBytes else {
            throw InvalidOverride("The overrides have more than \(Self.maximumBytes) bytes together; name fewer.")
        }
    }

    /// Whether one of the names lets a document pass that does not fit its schema, or a schema that documents do not fit.
    package var concernSchemas: Bool { names.contains { $0 == "schema" || $0 == "schema-breaks" } }

    /// Whether one of the names lets this finding pass.
    package func cover(_ finding: CheckFinding) -> Bool {
        finding.override.map { name in names.contains { UTF8Order.areEqual($0, name) } } ?? false
    }

    /// The names of those findings that were let pass, as a record keeps them: a canonical JSON array; nil when there are none.
    package static func recorded(of findings: [CheckFinding]) -> String? {
        recorded(sorted(findings.compactMap(\.override)))
    }

    private var recorded: String? { Self.recorded(names) }

    private static let maximumBytes = 4_096
    private static let plain = ["blast-radius", "schema", "schema-breaks"]
    private static let secret = "secret:"

    private static func check(_ name: String) throws(InvalidOverride) {
        if plain.contains(name) { return }
        if name.utf8.starts(with: secret.utf8), name.utf8.count > secret.utf8.count { return }
        guard name == "secret" || name == secret else {
            throw InvalidOverride(
                "\(JSONValue.string(name)) overrides no check; use blast-radius, schema, schema-breaks or secret:POINTER."
            )
        }
        throw InvalidOverride(
            "secret needs the place that it is about, for example secret:/db/password, so that another one is still found."
        )
    }

    private static func sorted(_ names: [String]) -> [String] {
        var sorted: [String] = []
        for name in names.sorted(by: UTF8Order.isLess) where sorted.last.map({ !UTF8Order.areEqual($0, name) }) ?? true
        {
            sorted.append(name)
        }
        return sorted
    }

    private static func recorded(_ names: [String]) -> String? {
        names.isEmpty ? nil : JSONValue.array(names.map { .string($0) }).description
    }
}

/// Why overrides are not taken: one sentence.
public struct InvalidOverride: Error, Sendable, Hashable, CustomStringConvertible {
    /// The sentence.
    public let description: String

    init(_ description: String) { self.description = description }
}
