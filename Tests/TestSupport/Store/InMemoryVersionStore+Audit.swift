package import ConfigModel
package import ConfigStore
import Synchronization

extension InMemoryVersionStore {
    package func changes(
        _ query: AuditQuery, mayRead: (@Sendable (DocumentKey) -> Bool)?
    ) async throws(StoreError) -> AuditPage {
        try await faults.beforeRead()
        let page = state.withLock { $0.changes(query, mayRead: mayRead) }
        await faults.afterRead()
        return page
    }
}

extension InMemoryVersions {
    fileprivate func changes(_ query: AuditQuery, mayRead: (@Sendable (DocumentKey) -> Bool)?) -> AuditPage {
        let rows = documents.values.joined().filter { $0.number < query.after?.number ?? .max }
            .sorted { $0.number > $1.number }
        var builder = AuditPageBuilder(query, mayRead: mayRead)
        for row in rows.prefix(query.scanLimit) where !builder.isFull {
            let record = row.stored.record
            guard builder.wants(record.key), query.fits(record) else { continue }
            let page = read([row.stored])
            let kept =
                page.damaged.map { OutlinePage.Row.failure($0) } + page.map { .success(RecordOutline($0.record)) }
            for version in kept { builder.append(version, at: AuditPosition(time: 0, number: row.number)) }
        }
        let end = rows.count > query.scanLimit ? rows[query.scanLimit - 1].number : nil
        return builder.page(upTo: end.map { AuditPosition(time: 0, number: $0) })
    }
}

extension AuditQuery {
    /// Whether a version fits, as the port says it.
    func fits(_ record: VersionRecord) -> Bool {
        func isNamed(_ wanted: String?, _ name: String?) -> Bool {
            wanted.map { Array($0.utf8) == name.map { Array($0.utf8) } } ?? true
        }
        return isNamed(service, record.key.service) && isNamed(environment, record.key.environment)
            && (prefix.map { record.key.service == $0 || record.key.service.hasPrefix("\($0).") } ?? true)
            && isNamed(createdBy, record.createdBy) && (changeType ?? record.changeType) == record.changeType
            && isNamed(correlationID, record.correlationID) && isNamed(changeSetID, record.changeSet?.id)
            && (!hasOverrides || record.overrides != nil) && (since.map { record.createdAt >= $0 } ?? true)
            && (until.map { record.createdAt < $0 } ?? true)
    }
}
