import ConfigModel
import ConfigRegistry
import HTTPTypes

/// What a `GET` of a document asks for.
struct HeadQuestion: Sendable {
    enum Kind: Sendable {
        /// The head, perhaps not before it reaches a version or changes.
        case head(HeadOptions, wait: Duration?)
        /// One version.
        case version(Int64)
        /// The environment's document over the default one.
        case overlay(HeadOptions)
    }

    static let parameters = ["environment", "version", "min_version", "epoch", "wait", "overlay"]
    static let longestWait: Duration = .seconds(60)

    let key: DocumentKey
    let kind: Kind
    let condition: ReadCondition

    /// - Parameters:
    ///   - service: as the path has it, percent-encoded.
    ///   - query: what follows the question mark; nil when there is none.
    init(service: Substring, query: String?, _ headers: HTTPFields) throws(Problem) {
        let query = try QueryParameters(query, known: Self.parameters)
        key = try DocumentKey(encodedService: service, query)
        // Asking for one field by name first makes a dictionary of all.
        let isConditional = headers.contains { $0.name == .ifNoneMatch || $0.name == .cacheControl }
        condition = isConditional ? try ReadCondition(headers) : ReadCondition()
        kind = try Self.kind(query, isFresh: isConditional && headers.refuseMemory)
    }

    private static func kind(_ query: QueryParameters, isFresh: Bool) throws(Problem) -> Kind {
        if let version = try query.integer("version", in: 1...(.max)) {
            for name in ["min_version", "epoch", "wait", "overlay"] where query[name] != nil {
                throw QueryParameters.invalid(
                    name, "cannot be combined with version, which names one that never changes.")
            }
            return .version(version)
        }
        let options = HeadOptions(
            minimumVersion: try query.integer("min_version", in: 1...(.max)), epoch: try query.epoch("epoch"),
            isFresh: isFresh)
        let wait = try query.duration("wait", atMost: longestWait)
        guard try query.flag("overlay") else { return .head(options, wait: wait) }
        if wait != nil {
            throw QueryParameters.invalid("wait", "cannot be combined with overlay; watch both documents.")
        }
        return .overlay(options)
    }
}

extension HTTPFields {
    /// True for `Cache-Control: no-cache`: the answer must come from the store, and not from what is remembered of it.
    var refuseMemory: Bool {
        guard let header = self[.cacheControl] else { return false }
        return header.split(separator: ",").contains { $0.drop { $0 == " " }.lowercased().hasPrefix("no-cache") }
    }
}
