public import ConfigModel

/// A refusal or failure as the registry described it (RFC 9457).
public struct Problem: Sendable, Equatable {
    /// The kind of problem in one short word, for example `unknown`, `deleted`, `version-mismatch`, `invalid-json`;
    /// `about:blank` when the registry gave none.
    public let type: String
    /// The type in words.
    public let title: String
    /// One sentence that a person can act on; nil when what answered was not a registry.
    public let detail: String?
    /// The HTTP status.
    public let status: Int
    /// All members of the problem document.
    public let members: JSONObject
    /// The `Retry-After` header.
    public let retryAfter: Duration?
    /// The change identifier that the registry named in `Idempotency-Key`.
    public let changeID: String?
    /// The `ETag` header.
    public let etag: String?
}

extension Problem {
    /// The line of a syntax error, from 1.
    public var line: Int64? { integer("line") }

    /// The column of a syntax error, from 1.
    public var column: Int64? { integer("column") }

    /// The JSON pointer to what is wrong.
    public var pointer: String? { text("pointer") }

    /// The document's newest version, where the problem is about versions.
    public var version: Int64? { integer("current_version") ?? integer("version") }

    /// The epoch that `version` belongs to.
    public var epoch: Epoch? { text("epoch").flatMap { Epoch(parsing: $0) } }

    func integer(_ name: String) -> Int64? {
        guard case .number(let number)? = members[name] else { return nil }
        return number.int64
    }

    func text(_ name: String) -> String? {
        guard case .string(let text)? = members[name] else { return nil }
        return text
    }
}
