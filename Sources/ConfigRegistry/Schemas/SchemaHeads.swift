import AsyncSupport
import ConfigModel
import ConfigStore

/// Reads the documents of a service that a schema is applied to.
struct SchemaHeads: Sendable {
    private static let pageSize = 100
    private static let pageBytes = 8 << 20

    let store: any VersionReading
    let reader: HeadReader
    let counters: Counters<RegistryCounters>

    /// The head of the default environment's document while it lives.
    ///
    /// - Parameter isFresh: as a read shows that began after the call; otherwise as memory has it, which is about as old as the
    ///   second that a head is served for.
    func base(of service: String, isFresh: Bool) async throws(RegistryError) -> VersionRecord? {
        let key = try Self.defaultKey(of: service)
        do {
            let head = isFresh ? try await reader.fresh(key) : try await reader.current(key)
            return head.flatMap { $0.record.isTombstone ? nil : $0.record }
        } catch {
            throw RegistryError(reading: error)
        }
    }

    /// Passes the heads of a service in all environments to `body`, page by page, as reads show that began after the call.
    ///
    /// - Parameter includesDeleted: those too that are deletions.
    func read(
        of service: String, includesDeleted: Bool = false, _ body: (VersionPage) async throws(RegistryError) -> Void
    ) async throws(RegistryError) {
        var query = HeadQuery(
            service: service, includesDeleted: includesDeleted, limit: Self.pageSize, maximumBytes: Self.pageBytes)
        while true {
            counters.count { $0.reads.storeReads += 1 }
            let page: VersionPage
            do {
                page = try await store.heads(query)
            } catch {
                throw RegistryError(reading: error)
            }
            try await body(page)
            guard let next = query.next(after: page) else { return }
            query = next
        }
    }

    static func defaultKey(of service: String) throws(RegistryError) -> DocumentKey {
        do { return try DocumentKey(service: service) } catch { throw .invalid("\(error)") }
    }
}
