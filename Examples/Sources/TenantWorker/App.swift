import ConfigWatcher
import Foundation
import Logging
import RegistrySource
import ServiceLifecycle

/// A worker for tenants that are assigned to it and taken away while it runs.
///
///     CONFIGBUS_URL=http://127.0.0.1:8000 swift run TenantWorker
///     echo '{"tenants": ["acme"]}' | configbus publish worker - --environment prod
///     echo '{"batch_size": 50}' | configbus publish tenants.acme - --environment prod
@main
struct App {
    static func main() async throws {
        let logger = Logger(label: "worker")
        let url = ProcessInfo.processInfo.environment["CONFIGBUS_URL"] ?? "http://127.0.0.1:8000"

        let group = WatcherGroup(source: try .registry(url))
        let tenants = Tenants(group, logger: logger)
        try group.watch(Assignment.self, key: "worker/prod") { watcher in
            // When a name can be no document's, this throws: the version is rejected, and the worker goes on with the tenants
            // that it had.
            watcher.onReload("tenants") { _, assignment in try tenants.assign(assignment.tenants) }
        }

        let services = ServiceGroup(services: [group], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        try await services.run()
    }
}
