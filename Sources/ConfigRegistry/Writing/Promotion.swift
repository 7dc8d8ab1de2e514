package import ConfigModel

/// What a promotion takes over: a content that another environment of the same service has.
package struct Promotion: Sendable, Equatable {
    /// The document that has it.
    package let source: DocumentKey
    /// One version of that document; nil for its newest.
    package let version: Int64?

    /// Describes a promotion.
    package init(from source: DocumentKey, version: Int64? = nil) {
        self.source = source
        self.version = version
    }
}

extension Promotion {
    /// The comment of the version that is made: where the content is from, then what the author says.
    func comment(version: Int64, contentHash: String, _ given: String) -> String {
        let line = "\(beginning)\(version) (\(contentHash))"
        return given.isEmpty ? line : "\(line)\n\(given)"
    }

    /// Whether this promotion, with what its author says, would have made such a record of some version of the source.
    func wouldHaveMade(_ record: VersionRecord, _ given: String) -> Bool {
        guard record.restoredFrom == nil, record.comment.hasPrefix(beginning) else { return false }
        let digits = record.comment.dropFirst(beginning.count).prefix { $0.isASCII && $0.isNumber }
        guard let number = Int64(digits), version.map({ $0 == number }) ?? true else { return false }
        return UTF8Order.areEqual(
            record.comment, comment(version: number, contentHash: record.content.hash, given))
    }

    private var beginning: String { "promoted from \(source) version " }
}
