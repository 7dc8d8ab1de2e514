public import ConfigModel

/// A refusal or failure as the registry describes it: a problem document (RFC 9457) and the headers that go with it.
public struct Problem: Error, Sendable, Equatable {
    /// The kind of problem, for example `unknown`, `deleted`, `version-mismatch`, `invalid-json`; `about:blank` when the
    /// registry gave none.
    public let type: ProblemType
    /// The kind in words.
    public let title: String
    /// The HTTP status.
    public let status: Int
    /// One sentence that a person can act on; nil when what answered was not a registry.
    public let detail: String?
    /// The further members of the document.
    public private(set) var members: JSONObject
    /// Headers that go with it.
    package private(set) var headers: [HeaderName: String]

    /// Puts together a problem of a kind that this package knows.
    ///
    /// - Parameters:
    ///   - type: the kind, which decides the status.
    ///   - detail: one sentence that says what to do.
    package init(_ type: ProblemType, _ detail: String) {
        self.init(
            type, title: type.title, status: type.status, detail: detail,
            headers: type.retryAfter.map { [.retryAfter: String($0)] } ?? [:])
    }

    /// Puts together what a response says.
    package init(
        _ type: ProblemType, title: String, status: Int, detail: String?, members: JSONObject = JSONObject(),
        headers: [HeaderName: String] = [:]
    ) {
        self.type = type
        self.title = title
        self.status = status
        self.detail = detail
        self.members = members
        self.headers = headers
    }
}

extension Problem {
    /// The same with a further member.
    package func with(_ name: String, _ value: Int64) -> Problem { with(name, .number(JSONNumber(value))) }

    /// The same with a further member.
    package func with(_ name: String, _ value: String) -> Problem { with(name, .string(value)) }

    /// The same with a header.
    package func with(_ header: HeaderName, _ value: String) -> Problem { with([(header, value)]) }

    /// The same with further headers.
    package func with(_ headers: [(name: HeaderName, value: String)]) -> Problem {
        var problem = self
        for (name, value) in headers { problem.headers[name] = value }
        return problem
    }

    /// True when the rest of the request cannot be read any more, so that the connection is closed behind the response.
    package var closesConnection: Bool {
        get { headers[.connection] == "close" }
        set { headers[.connection] = newValue ? "close" : nil }
    }

    /// The same with a further member.
    package func with(_ name: String, _ value: JSONValue) -> Problem {
        var problem = self
        problem.members[name] = value
        return problem
    }
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

    /// How long to wait before the next attempt: the `Retry-After` header.
    public var retryAfter: Duration? {
        headers[.retryAfter].flatMap { RetryAfter.duration($0, date: headers[.date]) }
    }

    /// The change identifier that the registry named in `Idempotency-Key`.
    public var changeID: String? { headers[.idempotencyKey] }

    /// The `ETag` header.
    public var etag: String? { headers[.etag] }

    private func integer(_ name: String) -> Int64? {
        guard case .number(let number)? = members[name] else { return nil }
        return number.int64
    }

    private func text(_ name: String) -> String? {
        guard case .string(let text)? = members[name] else { return nil }
        return text
    }
}
