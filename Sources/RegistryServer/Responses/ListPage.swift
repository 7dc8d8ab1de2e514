import ConfigModel
import ConfigRegistry

/// One page of a list. It ends at the wanted number of documents, or earlier when their contents are large.
struct ListPage: Sendable {
    private static let pieceSize = 100
    /// How large the contents of one answer may be together; a single one always fits.
    static let maximumBytes = 8 * 1_024 * 1_024

    /// The array of records.
    private(set) var json: [UInt8] = []
    /// The last document on the page, when there are more behind it.
    private(set) var continuesAfter: DocumentKey?

    init(_ query: ListQuestion, _ registry: Registry) async throws {
        if query.hasContents {
            let (records, next) = try await Self.records(query.heads, registry)
            json = Self.array(records) { $0.appendJSON(to: &$1) }
            continuesAfter = next
        } else {
            let (outlines, next) = try await Self.outlines(query.heads, registry)
            json = Self.array(outlines) { $0.appendJSON(to: &$1) }
            continuesAfter = next
        }
    }

    /// Reads piece by piece; one document more than fits shows whether there is a next page.
    private static func records(
        _ wanted: HeadQuery, _ registry: Registry
    ) async throws -> ([VersionRecord], next: DocumentKey?) {
        var records: [VersionRecord] = []
        var bytes = 0
        var query = wanted
        while true {
            query.limit = min(wanted.limit + 1 - records.count, pieceSize)
            query.maximumBytes = max(1, maximumBytes - bytes)
            let piece = try await registry.heads(query)
            var pieceBytes = 0
            for record in piece {
                let size = record.content.bytes.count
                guard records.count < wanted.limit, records.isEmpty || bytes + size <= maximumBytes else {
                    return (records, records.last?.key)
                }
                records.append(record)
                bytes += size
                pieceBytes += size
            }
            guard piece.count == query.limit || pieceBytes >= query.maximumBytes else { return (records, nil) }
            query.after = piece.last?.key
        }
    }

    private static func outlines(
        _ wanted: HeadQuery, _ registry: Registry
    ) async throws -> ([RecordOutline], next: DocumentKey?) {
        var query = wanted
        query.limit += 1
        let outlines = try await registry.outlines(query)
        let page = Array(outlines.prefix(wanted.limit))
        return (page, outlines.count > page.count ? page.last?.key : nil)
    }

    private static func array<Element>(
        _ elements: [Element], _ append: (Element, inout JSONWriter) -> Void
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.array { list in
            for element in elements { append(element, &list) }
        }
        return writer.bytes
    }
}
