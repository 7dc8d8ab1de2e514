import ConfigWatcher
import Logging
import Synchronization

/// The document `worker/prod`: {"tenants": ["acme", "globex"]}
struct Assignment: Decodable, Sendable {
    var tenants: [String]
}

/// The document `tenants.acme/prod`: {"batch_size": 50}
struct TenantSettings: Decodable, Sendable {
    var batchSize: Int
}

/// The tenants that this worker works for, each with a watcher of its own.
///
/// All watchers are of one group: one connection, however many tenants there are, and a tenant more costs one read.
final class Tenants: Sendable {
    private let group: WatcherGroup
    private let logger: Logger
    private let assigned = Mutex<[String: ConfigWatcher<TenantSettings>]>([:])

    init(_ group: WatcherGroup, logger: Logger) {
        self.group = group
        self.logger = logger
    }

    /// Works for these tenants from now on, and for no others. When it throws nothing has changed.
    func assign(_ names: [String]) throws {
        let present = assigned.withLock { $0 }
        // First what can fail ...
        let added = try watch(Set(names).subtracting(present.keys))
        // ... then what cannot.
        for (name, watcher) in present where !names.contains(name) {
            group.remove(watcher)
            logger.info("released", metadata: ["tenant": "\(name)"])
        }
        assigned.withLock { $0 = present.filter { names.contains($0.key) }.merging(added) { $1 } }
    }

    private func watch(_ names: Set<String>) throws -> [String: ConfigWatcher<TenantSettings>] {
        var added: [String: ConfigWatcher<TenantSettings>] = [:]
        do {
            for name in names {
                added[name] = try group.watch(TenantSettings.self, key: "tenants.\(name)/prod") { watcher in
                    watcher.onReload("batches") { [logger] _, settings in
                        logger.info("working", metadata: ["tenant": "\(name)", "batch": "\(settings.batchSize)"])
                    }
                }
            }
        } catch {
            for watcher in added.values { group.remove(watcher) }
            throw error
        }
        return added
    }
}
