import ConfigModel
import ConfigRegistry
import ConfigStore
import RegistryAPI

/// One page of a list. It ends at the wanted number of documents, or earlier when their contents are large.
struct ListPage: Sendable {
    private static let pieceSize = 100

    /// The array of records.
    private(set) var json: [UInt8] = []
    /// The last document on the page, when there are more behind it.
    private(set) var continuesAfter: DocumentKey?
    /// What was left out of it.
    private(set) var damaged: [DamagedVersion] = []

    /// Says which documents the client may see; nil for all of them.
    private let mayRead: (@Sendable (DocumentKey) -> Bool)?

    /// Reads until the page is full of documents that the client may see, so that nothing tells how many others there are.
    init(
        _ query: ListRequest, _ registry: any RegistryReads, mayRead: (@Sendable (DocumentKey) -> Bool)? = nil
    ) async throws {
        self.mayRead = mayRead
        if query.hasContents {
            json = RecordList.jsonBytes(try await records(query.heads, registry))
        } else {
            json = HeadSummary.jsonBytes(try await outlines(query.heads, registry))
        }
    }

    /// Reads piece by piece; one document more than fits shows whether there is a next page.
    private mutating func records(_ wanted: HeadQuery, _ registry: any RegistryReads) async throws -> [VersionRecord] {
        var records: [VersionRecord] = []
        var bytes = 0
        var query = wanted
        query.limit = min(wanted.limit + 1, Self.pieceSize)
        while true {
            query.maximumBytes = max(1, APILimits.responseContents - bytes)
            let piece = try await registry.heads(query)
            for record in piece.map(\.record) where isVisible(record.key) {
                let size = record.content.bytes.count
                guard records.count < wanted.limit, records.isEmpty || bytes + size <= APILimits.responseContents else {
                    leaveOut(piece.damaged, behind: records.last?.key)
                    return records
                }
                records.append(record)
                bytes += size
            }
            damaged += piece.damaged.filter(isVisible)
            let previous = query.after
            guard let next = query.next(after: piece) else { return records }
            query = next
            // It is larger only to get past rows that name no document.
            if next.after != previous { query.limit = min(wanted.limit + 1 - records.count, Self.pieceSize) }
        }
    }

    private mutating func outlines(_ wanted: HeadQuery, _ registry: any RegistryReads) async throws -> [RecordOutline] {
        var outlines: [RecordOutline] = []
        var query = wanted
        query.limit += 1
        while true {
            let piece = try await registry.outlines(query)
            let rest = wanted.limit - outlines.count
            let visible = piece.filter { isVisible($0.key) }
            outlines += visible.prefix(rest)
            guard visible.count <= rest else {
                leaveOut(piece.damaged, behind: outlines.last?.key)
                return outlines
            }
            damaged += piece.damaged.filter(isVisible)
            let previous = query.after
            guard let next = query.next(after: piece) else { return outlines }
            query = next
            if next.after != previous { query.limit = wanted.limit + 1 - outlines.count }
        }
    }

    private func isVisible(_ key: DocumentKey) -> Bool { mayRead?(key) ?? true }

    /// One of which it is not known which document it is belongs to those who see every document.
    private func isVisible(_ version: DamagedVersion) -> Bool { version.key.map(isVisible) ?? (mayRead == nil) }

    /// Ends the page with a document; what is damaged behind it belongs to the next page.
    private mutating func leaveOut(_ versions: [DamagedVersion], behind last: DocumentKey?) {
        continuesAfter = last
        damaged += versions.filter(isVisible).filter { version in
            guard let key = version.key, let last else { return true }
            return key < last
        }
    }
}

extension ListRequest {
    /// The registry's query for the first page.
    fileprivate var heads: HeadQuery {
        HeadQuery(
            environment: listsSchemas ? DocumentKey.schemaEnvironment : environment, service: service, prefix: prefix,
            includesDeleted: includesDeleted, after: after,
            limit: limit ?? APILimits.defaultList)
    }
}
