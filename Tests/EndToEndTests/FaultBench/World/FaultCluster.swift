import ConfigModel
import Foundation
import RegistryClient
import Synchronization
import TestSupport
import Testing

/// The parties of a scenario: two registries, an audit and three kinds of watchers, each behind a proxy of its own to the
/// broker, and a load of writes on three documents.
final class FaultCluster: Sendable {
    let bench: TestBench
    let servers: FaultServers
    let settings: FaultServerSettings
    let parties: FaultParties
    let load: FaultLoad
    let heard: ReceivedEvents
    let proxies: FaultProxies
    let keys: FaultKeys
    let access: FaultAccess
    private let running: Mutex<Running>

    struct Running: Sendable {
        var registries: [RunningRegistry] = []
        /// Of each watcher all its runs; the last one is alive.
        var watchers: [FaultWatcher: [RunningWatcher]] = [:]
        var audits: [RunningAudit] = []
        /// Registries that are not processes of their own.
        var others: [RegistryClient] = []
    }

    /// Starts all parties, and gives every document its first version.
    init(_ bench: TestBench, on servers: FaultServers, _ parties: FaultParties) async throws {
        self.bench = bench
        self.servers = servers
        self.parties = parties
        settings = try await servers.settings()
        let documents = try ["parsing", "routing", "billing"].map { try DocumentKey(service: $0, environment: "prod") }
        load = FaultLoad(documents: documents)
        keys = try FaultKeys(in: bench)
        access = try await FaultAccess(parties.mode, in: bench, on: settings)
        proxies = try FaultProxies(in: bench, to: access.encrypted)
        heard = try await bench.recordAllAnnouncements(from: proxies.recorder.uri)
        running = Mutex(Running())
        for index in proxies.registries.indices {
            let registry = try await startRegistry(index)
            running.withLock { $0.registries.append(registry) }
        }
        try await access.issueTokens(at: registries[0], for: documents)
        try await startOthers()
        try startAudit()
        for watcher in FaultWatcher.allCases { try start(watcher) }
        for key in documents { try await registries[0].publish(#"{"n": 1}"#, as: key) }
        try await waitUntilEverybodyWorks()
    }

    var documents: [DocumentKey] { load.documents }

    var registries: [RunningRegistry] { running.withLock { $0.registries } }

    var audits: [RunningAudit] { running.withLock { $0.audits } }

    /// Where writers may write.
    var writable: [RegistryClient] {
        get throws {
            try registries.map {
                try RegistryClient(
                    url: $0.url, credentials: access.credentials(.writers), tls: access.tls,
                    timeout: FaultLength.attempt)
            }
                + running.withLock { $0.others }
        }
    }

    func runs(of watcher: FaultWatcher) -> [RunningWatcher] { running.withLock { $0.watchers[watcher] ?? [] } }

    /// Lets the fault, or its absence, last for a phase.
    func hold(_ factor: Double = 1) async throws { try await Task.sleep(for: FaultLength.phase * factor) }

    /// Lets the fault last, and asserts that writers are served meanwhile as if there were none.
    func holdWithWrites(_ factor: Double = 1) async throws {
        let before = load.acknowledged
        let began = ContinuousClock.now
        try await hold(factor)
        let rate = Double(load.acknowledged - before) / ((ContinuousClock.now - began) / .seconds(1))
        #expect(rate >= 5, "\(rate) writes a second during the fault")
    }

    /// Starts a watcher, or starts it once more.
    func start(_ watcher: FaultWatcher) throws {
        let run = try watcher.start(in: self)
        running.withLock { $0.watchers[watcher, default: []].append(run) }
    }

    /// Starts the audit, or starts it once more on the same log.
    func startAudit() throws {
        let directory = parties.auditDirectory ?? bench.directory
        let audit = try bench.startAudit(
            of: registries[1], broker: proxies.audit.uri, file: "\(directory)/audit.jsonl",
            access.arguments(.audit) + ["--signing-key", keys.privateKey])
        running.withLock { $0.audits.append(audit) }
    }

    /// Starts a registry that was killed where it was before.
    func restartRegistry(_ index: Int) async throws {
        let dead = registries[index]
        let next = try await startRegistry(index, port: dead.port)
        running.withLock { $0.registries[index] = next }
    }

    private func startRegistry(_ index: Int, port: Int = 0) async throws -> RunningRegistry {
        let arguments = try bench.serveArguments(
            store: .mongodb(uri: access.databaseURI), bus: .rabbitMQ(uri: proxies.registries[index].uri), port: port)
        return try await RunningRegistry(
            bench.start(
                arguments + access.serving + ["--signing-key", keys.privateKey, "--audit-keys", keys.publicKey]),
            tls: access.tls, credentials: access.credentials(.administrator))
    }

    /// A fault is to hit parties that work, not some that are just starting.
    private func waitUntilEverybodyWorks() async throws {
        for registry in registries { try await access.check(registry, documents[0]) }
        try await eventually("an entry of each document in the audit") {
            try (audits.last?.lineCount() ?? 0) >= documents.count
        }
        for watcher in FaultWatcher.allCases {
            try await eventually("each document at the watcher '\(watcher)'") {
                try documents.allSatisfy { key in try runs(of: watcher).contains { try !$0.applied(key).isEmpty } }
            }
        }
    }

    private func startOthers() async throws {
        guard let clock = parties.clock else { return }
        let registry = try await bench.startRegistry(with: clock, access, signingWith: keys.signer)
        running.withLock { $0.others.append(registry) }
    }
}
