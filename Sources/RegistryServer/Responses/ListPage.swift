import ConfigModel
import ConfigRegistry

/// One page of a list. It ends at the wanted number of documents, or earlier when their contents are large.
struct ListPage: Sendable {
    private static let pieceSize = 100
    /// How large the contents of one answer may be together; a single one always fits.
    static let maximumBytes = 8 * 1_024 * 1_024

    private(set) var records: [VersionRecord] = []
    /// The size of the contents.
    private(set) var bytes = 0
    /// The last document on the page, when there are more behind it.
    private(set) var continuesAfter: DocumentKey?

    /// Reads piece by piece; one document more than wanted shows whether there is a next page.
    init(_ question: ListQuestion, _ registry: Registry) async throws {
        var query = question.heads
        while true {
            query.limit = min(question.heads.limit + 1 - records.count, Self.pieceSize)
            let piece = try await registry.heads(query)
            for record in piece {
                let size = question.hasContents ? record.content.bytes.count : 0
                guard records.count < question.heads.limit, records.isEmpty || bytes + size <= Self.maximumBytes else {
                    continuesAfter = records.last?.key
                    return
                }
                records.append(record)
                bytes += size
            }
            guard piece.count == query.limit else { return }
            query.after = piece.last?.key
        }
    }
}
