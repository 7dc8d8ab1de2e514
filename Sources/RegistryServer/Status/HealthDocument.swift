import ConfigModel
import ConfigRegistry
import ConfigStore
import EventBus

/// The body of `GET /health`.
struct HealthDocument: Sendable {
    let health: RegistryHealth
    let counters: RegistryCounters
    let version: String
    /// False for a caller that may know no more than whether the registry works.
    let isDetailed: Bool
    let schemas: SchemaStatus
    /// Nil without TLS.
    var tls: ServerTLS.Status?
    /// As in `RegistryServerOptions`.
    var plaintext: Set<String> = []

    func write(to document: inout JSONWriter) {
        document.member("status", health.status.rawValue)
        document.member("service", "config-registry")
        guard isDetailed else { return }
        document.member("version", version)
        document.member("epoch", health.epoch.description)
        document.member("configs_created", counters.configsCreated)
        document.member("configs_updated", counters.configsUpdated)
        document.member("configs_retrieved", counters.configsRetrieved)
        document.member("notifications_sent", counters.announcing.notificationsSent)
        document.member("announce_lag_seconds", Self.seconds(health.announceLag))
        document.member("foreign_epoch", health.foreignEpoch?.description)
        if !health.damaged.isEmpty { document.object("damaged_versions", writeDamaged) }
        document.object("store", writeStore)
        document.object("bus", writeBus)
        document.object("signing", writeSigning)
        document.object("schemas", writeSchemas)
        if let tls { document.object("tls") { Self.write(tls, to: &$0) } }
    }

    private static func write(_ tls: ServerTLS.Status, to object: inout JSONWriter) {
        object.member("certificate_ends", Timestamp(milliseconds: tls.certificateEnd * 1_000).description)
        object.member("client_ca_ends", tls.clientAuthorityEnd.map { Timestamp(milliseconds: $0 * 1_000).description })
        object.member("reason", tls.problem)
    }

    /// So many are named.
    private static let namedLimit = 20

    private func writeDamaged(_ damaged: inout JSONWriter) {
        damaged.member("count", health.damaged.count)
        damaged.array("named") { list in
            for version in health.damaged.prefix(Self.namedLimit) {
                list.object { entry in
                    entry.member("service_name", version.key?.service)
                    entry.member("environment", version.key?.environment)
                    entry.member("version", version.version)
                    entry.member("reason", version.reason)
                }
            }
        }
    }

    private func writeStore(_ store: inout JSONWriter) {
        store.member("status", health.store == nil ? "unavailable" : "available")
        store.member("reason", health.storeProblem)
        if plaintext.contains("store") { store.member("plaintext", true) }
        guard let statistics = health.store else { return }
        store.member("kind", statistics.kind)
        store.member("documents", statistics.documents)
        store.member("versions", statistics.versions)
        store.member("unannounced", statistics.unannounced)
        store.member("clock_lead_seconds", health.clockLead.map(Self.seconds))
    }

    private func writeSigning(_ signing: inout JSONWriter) {
        signing.member("status", health.signing.isKeyMissing ? "key-missing" : "ready")
        signing.member("rule", health.signing.rule.rawValue)
        signing.member("reason", health.signing.problem)
    }

    private func writeSchemas(_ object: inout JSONWriter) {
        object.member("status", schemas.isCurrent ? "current" : "outdated")
        object.member("services", schemas.services)
        object.member("documents_broken", schemas.brokenDocuments)
    }

    private func writeBus(_ bus: inout JSONWriter) {
        bus.member("exchange", health.exchange)
        if plaintext.contains("bus") { bus.member("plaintext", true) }
        switch health.bus {
        case .connected:
            bus.member("status", "connected")
        case .blocked(let reason):
            bus.member("status", "blocked")
            bus.member("reason", reason)
        case .disconnected(let reason):
            bus.member("status", "disconnected")
            bus.member("reason", reason)
        }
    }

    static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds / 1_000_000_000_000_000) / 1_000
    }
}
