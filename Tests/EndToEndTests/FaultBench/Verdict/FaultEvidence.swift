import ConfigModel
import TestSupport

/// What everybody recorded during a scenario, gathered after it.
struct FaultEvidence: Sendable {
    /// Everything about one document.
    struct Document: Sendable {
        let key: DocumentKey
        let history: [VersionRecord]
        let operations: [WriteOperation]
        let announcements: [ReceivedEvents.Announcement]
        let audit: [AuditEntry]
        let deliveries: [HandlerCheck.Delivery]
        let file: [UInt8]?
    }

    let world: FaultCluster
    let documents: [Document]
    let log: [AuditEntry]
    /// The party that had everything last, and when.
    let last: Convergence.Arrival

    init(gatheredFrom world: FaultCluster, last: Convergence.Arrival) async throws {
        self.world = world
        self.last = last
        log = try world.audits.last?.entries() ?? []
        let operations = Dictionary(grouping: world.load.recorder.operations, by: \.key)
        let announcements = Dictionary(grouping: world.heard.announcements, by: \.event.key)
        let audit = Dictionary(grouping: log, by: \.key)
        let deliveries = Dictionary(grouping: try FaultWatcher.deliveries(in: world), by: \.key)
        var documents: [Document] = []
        for key in world.documents {
            documents.append(
                Document(
                    key: key, history: try await world.registries[1].history(of: key),
                    operations: operations[key] ?? [], announcements: announcements[key] ?? [],
                    audit: audit[key] ?? [], deliveries: deliveries[key] ?? [],
                    file: FaultWatcher.file(of: key, in: world)))
        }
        self.documents = documents
    }

    /// What it comes to.
    var counts: FaultCounts { FaultCounts(self) }

    /// Changes of which nobody ever learned what became of them.
    var unresolved: Int {
        documents.flatMap(\.operations).count { operation in
            if case .unknown = operation.outcome { true } else { false }
        }
    }
}
