import ConfigModel
package import ConfigStore
import Synchronization

extension InMemoryVersionStore {
    package func versions(
        after version: VersionIdentity?, limit: Int, maximumBytes: Int
    ) async throws(StoreError) -> VersionPage {
        let outlines = try await outlines(after: version, limit: .max)
        var page = VersionPage()
        for outline in outlines where page.rowCount < limit && page.contentBytes < maximumBytes {
            let identity = VersionIdentity(key: outline.key, version: outline.version)
            page.append(contentsOf: try await versions([identity]))
        }
        for damage in outlines.damaged { page.append(.failure(damage)) }
        return page
    }

    package func anchors() async throws(StoreError) -> [AuditAnchor] {
        state.withLock { versions in versions.anchors.values.sorted { $0.log < $1.log } }
    }

    package func boundNames() async throws(StoreError) -> [BoundName] {
        state.withLock { versions in
            versions.access.names.map { BoundName(name: $0.key, binding: $0.value) }.sorted { $0.name < $1.name }
        }
    }
}
