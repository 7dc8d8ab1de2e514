public import ConfigModel

/// A compiled JSON Schema that documents are checked against: draft-07, 2019-09 or 2020-12, as `$schema` says, or else
/// the last.
///
/// References work within the schema and to the drafts' own schemas; nothing is ever fetched. Numbers are compared exactly.
/// What a schema may cost is bounded when it is compiled, and what checking may cost by a count of work.
public struct JSONSchema: Sendable {
    /// Whether `format` checks anything.
    public enum Formats: Sendable {
        /// `date`, `time`, `date-time`, `ipv4`, `ipv6` and `uuid` are checked; there is a warning for each other.
        case asserted
        /// `format` is a note for readers.
        case annotations
    }

    /// What the author probably did not mean.
    public let warnings: [SchemaWarning]
    private let nodes: [SchemaNode]
    private let dynamicAnchors: [JSONValue: [Int: Int]]

    /// Compiles a schema.
    ///
    /// - Throws: `SchemaError`, which names the part of the schema that is wrong.
    public init(
        _ schema: JSONValue, patterns: any SchemaPatterns, formats: Formats = .asserted
    ) throws(SchemaError) {
        let compiler = try SchemaCompiler(schema, patterns: patterns, assertsFormats: formats == .asserted)
        warnings = compiler.warnings
        nodes = compiler.nodes
        dynamicAnchors = compiler.index.dynamicAnchors
    }

    /// Compiles the text of a schema.
    ///
    /// - Throws: `SchemaError`, which names the part of the schema that is wrong, or where the text is no JSON.
    public init(
        parsing schema: [UInt8], patterns: any SchemaPatterns, formats: Formats = .asserted
    ) throws(SchemaError) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: schema, limits: JSONLimits(maximumBytes: 1 << 20))
        } catch {
            throw SchemaError(pointer: "", reason: error.description)
        }
        try self.init(value, patterns: patterns, formats: formats)
    }

    /// Checks a document; an empty array means that it is valid. Needs a thread with 4 MiB of stack at the most: that is
    /// what schemas inside each other take at their limit.
    ///
    /// - Parameter limit: how many violations are wanted; no more are looked for.
    /// - Throws: `SchemaWorkExceeded` for a document that takes too much work.
    public func violations(in document: JSONValue, atMost limit: Int) throws(SchemaWorkExceeded) -> [SchemaViolation] {
        try violations(in: document, atMost: limit, work: Self.maximumWork)
    }

    /// What checking one document may cost.
    package static var maximumWork: Int { SchemaEvaluation.maximumWork }

    /// Checks a document with another amount of work.
    package func violations(
        in document: JSONValue, atMost limit: Int, work: Int
    ) throws(SchemaWorkExceeded) -> [SchemaViolation] {
        var evaluation = SchemaEvaluation(nodes: nodes, dynamicAnchors: dynamicAnchors, limit: max(1, limit))
        evaluation.work = work
        var marks: [Bool]?
        do {
            try evaluation.apply(0, to: document, &marks)
        } catch .tooMuchWork {
            throw SchemaWorkExceeded()
        } catch {}
        return evaluation.violations
    }

    /// The JSON pointers to the values of a document to which a schema with `keyword: true` applies. Of alternatives those
    /// count that a value fits. Empty for a document that takes too much work.
    ///
    /// - Parameter keyword: a vendor's keyword, which starts with `x-` or holds a colon.
    public func places(annotated keyword: String, in document: JSONValue) -> Set<String> {
        guard isAnnotated(keyword) else { return [] }
        var evaluation = SchemaEvaluation(nodes: nodes, dynamicAnchors: dynamicAnchors, limit: 0)
        evaluation.annotation = keyword
        var marks: [Bool]?
        guard (try? evaluation.apply(0, to: document, &marks)) != nil else { return [] }
        return Set(evaluation.places)
    }

    /// Whether some part of the schema says `keyword: true`.
    package func isAnnotated(_ keyword: String) -> Bool {
        nodes.contains { $0.annotations.contains(keyword) }
    }
}
