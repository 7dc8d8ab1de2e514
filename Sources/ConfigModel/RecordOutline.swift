/// All of a version but its content: what a list of many documents shows, for which no content has to be read or kept.
package struct RecordOutline: Sendable, Equatable {
    /// With the content's hash, and without its bytes.
    private let record: VersionRecord

    /// - Parameter record: its content is not kept, so that it need not be there.
    package init(_ record: VersionRecord) {
        self.record = record.replacing(content: .unread(hash: record.content.hash))
    }

    /// The version, whose content is not there.
    package var withoutContent: VersionRecord { record }
    /// The document.
    package var key: DocumentKey { record.key }
    /// The version's number.
    package var version: Int64 { record.version }
    /// True when the version says that the document was deleted.
    package var isTombstone: Bool { record.isTombstone }
    /// The signature; nil when it is not signed.
    package var signature: RecordSignature? { record.signature }
    /// What its signature is made over.
    package var signedFacts: SignedFacts { record.signedFacts }

    /// Appends the record as JSON, without `config_data`.
    ///
    /// - Parameter others: writes further members of the object.
    package func appendJSON(to writer: inout JSONWriter, _ others: (inout JSONWriter) -> Void = { _ in }) {
        record.appendJSON(to: &writer, withContent: false, others)
    }
}

extension Content {
    /// A content of which only the hash is known, for a record whose hash is to be checked without reading its content.
    package static func unread(hash: String) -> Content { Content(canonical: [], hash: hash) }
}
