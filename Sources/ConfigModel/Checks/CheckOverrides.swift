/// The findings that the author of a change lets pass, by name: `blast-radius`, `schema`, `secret:/db/password`.
///
/// Nothing overrides everything: a secret is named with its place, and several at one place with their number,
/// `secret:2:comment`, so that the next one does not slip through.
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
        try self.init(names, for: Set(Subject.allCases))
    }

    /// Checks the names for a change.
    ///
    /// - Parameter subjects: what is changed.
    /// - Throws: `InvalidOverride` for a name that can never let anything pass in such a change, and for more than 4 KiB together.
    package init(_ names: [String], for subjects: Set<Subject>) throws(InvalidOverride) {
        for name in names where !subjects.contains(where: { $0.takes(name) }) {
            throw InvalidOverride(name, for: subjects)
        }
        self.names = Self.sorted(names)
        guard recorded?.utf8.count ?? 0 <= Self.maximumBytes else {
            throw InvalidOverride(
                "The overrides have more than \(Self.maximumBytes) bytes together, and a version that needs more cannot be stored; correct what was found instead."
            )
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

extension CheckOverrides {
    /// What a change is about, which decides what can be let pass.
    package enum Subject: CaseIterable, Sendable {
        case document, schema

        /// A schema is not searched for secrets, but what is said about it.
        fileprivate func takes(_ name: String) -> Bool {
            if let secret = SecretOverride(name) { return self == .document || !secret.isInContent }
            return switch self {
            case .document: name == "blast-radius" || name == "schema"
            case .schema: name == "schema-breaks"
            }
        }
    }

    /// Whether the overrides of these findings would have room in one change; otherwise they cannot all be let pass.
    package static func haveRoom(_ findings: [CheckFinding]) -> Bool {
        recorded(of: findings)?.utf8.count ?? 0 <= maximumBytes
    }

    /// The name that lets secrets at a place pass: as many as there are and no more.
    package static func secret(at place: String, count: Int) -> String {
        count > 1 ? "secret:\(count):\(place)" : "secret:\(place)"
    }
}

/// The parts of `secret:/db/password` or `secret:2:comment`.
private struct SecretOverride {
    /// Whether it is about the content, not about a text beside it.
    let isInContent: Bool

    /// Nil for what is no such name.
    init?(_ name: String) {
        let start = "secret:"
        guard name.utf8.starts(with: start.utf8) else { return nil }
        var place = name.utf8.dropFirst(start.utf8.count)
        let digits = place.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        if !digits.isEmpty {
            let text = String(decoding: digits, as: UTF8.self)
            guard let count = Int(text), count > 1, String(count) == text else { return nil }
            place = place.dropFirst(digits.count)
            guard place.popFirst() == UInt8(ascii: ":") else { return nil }
        }
        isInContent = place.first == UInt8(ascii: "/")
        guard isInContent else {
            guard place.elementsEqual("comment".utf8) || place.elementsEqual("created_by".utf8) else { return nil }
            return
        }
        guard (try? JSONPointer(parsing: String(decoding: place, as: UTF8.self))) != nil else { return nil }
    }
}

/// Why overrides are not taken: one sentence.
public struct InvalidOverride: Error, Sendable, Hashable, CustomStringConvertible {
    /// The sentence.
    public let description: String

    fileprivate init(_ description: String) { self.description = description }

    /// A name that lets nothing pass.
    fileprivate init(_ name: String, for subjects: Set<CheckOverrides.Subject>) {
        if name == "secret" || name == "secret:" {
            self.init(
                "secret needs the place that it is about, for example secret:/db/password, so that another one is still found."
            )
        } else {
            let known =
                switch subjects {
                case [.schema]: "schema-breaks, secret:comment or secret:created_by"
                case [.document]: "blast-radius, schema or secret:POINTER"
                default: "blast-radius, schema, schema-breaks or secret:POINTER"
                }
            self.init("\(JSONValue.string(name)) lets nothing pass here; use \(known), as the finding spells it.")
        }
    }
}
