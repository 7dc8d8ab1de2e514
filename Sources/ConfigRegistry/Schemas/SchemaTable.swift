import ConfigModel
import ConfigStore
import Logging
import Synchronization

/// Which version of which schema each service has, from memory.
///
/// The store's number for schemas is read once a second, together with its epoch, and the table when that number has risen,
/// and every 30 seconds in any case: a registry that ended between a change and the rise of the number leaves the change
/// unread. Only names and hashes are kept here; a schema is read when a document is first checked with it.
final class SchemaTable: Sendable {
    /// For how long the table counts after it was proven last.
    static let lifetime: Duration = .seconds(30)
    private static let rereadPeriod: Duration = .seconds(30)
    private static let pageSize = 1_000

    /// What the table says of a service.
    enum Entry: Sendable, Equatable {
        /// The version that counts.
        case version(Int64, contentHash: String)
        /// There is none, since this version.
        case deleted(Int64)
        /// The version that would count cannot be read.
        case damaged(DamagedVersion)

        fileprivate var number: Int64 {
            switch self {
            case .version(let number, _), .deleted(let number): number
            case .damaged(let version): version.version ?? 0
            }
        }
    }

    fileprivate struct Change {
        let service: String
        let entry: Entry
        let at: ContinuousClock.Instant
    }

    fileprivate struct State {
        var entries: [String: Entry] = [:]
        /// The epoch and the store's number that belong to the entries; nil when they have to be read again.
        var readFor: (epoch: Epoch, number: Int64)?
        var readAt: ContinuousClock.Instant?
        var provenAt: ContinuousClock.Instant?
        /// What this registry changed after the reading of the entries began.
        var later: [Change] = []
        /// Why it could not be read the last time.
        var outage: StoreError?
    }

    private let store: any VersionReading
    private let logger: Logger
    private let state = Mutex(State())

    init(store: any VersionReading, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// What is known of a service; nil when it has no schema, and is not known to have had one.
    func entry(of service: String) -> Entry? { state.withLock { $0.entries[service] } }

    /// The services that have a schema.
    var services: Set<String> {
        state.withLock { state in
            Set(state.entries.compactMap { service, entry in if case .deleted = entry { nil } else { service } })
        }
    }

    /// When the reading began that proved the table last.
    var provenAt: ContinuousClock.Instant? { state.withLock { $0.provenAt } }

    /// How many services have a schema.
    var count: Int {
        state.withLock { state in state.entries.values.count { if case .deleted = $0 { false } else { true } } }
    }
}

// MARK: From the store

extension SchemaTable {
    /// Takes what the store said about itself to a read that began at this moment, and reads the table when it may have
    /// changed.
    func take(_ stored: StoreState, readAt moment: ContinuousClock.Instant) async {
        do {
            if !isCurrent(stored, moment) {
                let beganAt = ContinuousClock.now
                install(try await read(), for: stored, beganAt)
            }
            let outage = state.withLock { state in
                state.provenAt = max(state.provenAt ?? moment, moment)
                return state.outage.take()
            }
            if outage != nil { logger.notice("schemas are read again") }
        } catch {
            lost(error)
        }
    }

    /// - Throws: why the schemas cannot be read.
    func requireKnown() throws(StoreError) {
        if let error = state.withLock({ $0.outage }) { throw error }
    }

    /// Takes a version of a schema that this registry stored.
    func learn(_ record: VersionRecord) {
        let entry: Entry =
            record.isTombstone ? .deleted(record.version) : .version(record.version, contentHash: record.content.hash)
        state.withLock { state in
            state.later.append(Change(service: record.key.service, entry: entry, at: .now))
            state.apply(record.key.service, entry)
            // The store's number rises behind it.
            state.readFor = nil
        }
    }

    private func isCurrent(_ stored: StoreState, _ moment: ContinuousClock.Instant) -> Bool {
        state.withLock { state in
            guard let known = state.readFor, known == (stored.epoch, stored.schemas) else { return false }
            return state.readAt.map { moment - $0 < Self.rereadPeriod } ?? false
        }
    }

    private func install(_ entries: [String: Entry], for stored: StoreState, _ beganAt: ContinuousClock.Instant) {
        state.withLock { state in
            guard state.readAt.map({ $0 <= beganAt }) ?? true else { return }
            state.later.removeAll { $0.at < beganAt }
            state.entries = entries
            for change in state.later { state.apply(change.service, change.entry) }
            state.readFor = state.later.isEmpty ? (stored.epoch, stored.schemas) : nil
            state.readAt = beganAt
        }
    }

    private func lost(_ error: StoreError) {
        guard !Task.isCancelled else { return }
        let isNews = state.withLock { state in
            defer { state.outage = error }
            return state.outage == nil
        }
        guard isNews else { return }
        logger.warning("schemas cannot be read: what is known counts for 30 seconds", metadata: ["error": "\(error)"])
    }

    private func read() async throws(StoreError) -> [String: Entry] {
        var entries: [String: Entry] = [:]
        // Thousands of services may have the same schema: one text for all of them.
        var hashes: [String: String] = [:]
        var query = HeadQuery(environment: DocumentKey.schemaEnvironment, limit: Self.pageSize)
        while true {
            let page = try await store.outlines(query)
            for outline in page {
                let hash = outline.signedFacts.contentHash
                let shared = hashes[hash] ?? hash
                hashes[hash] = shared
                entries[outline.key.service] = .version(outline.version, contentHash: shared)
            }
            for version in page.damaged { if let key = version.key { entries[key.service] = .damaged(version) } }
            guard let next = query.next(after: page) else { return entries }
            query = next
        }
    }
}

extension SchemaTable.State {
    fileprivate mutating func apply(_ service: String, _ entry: SchemaTable.Entry) {
        if let known = entries[service], known.number > entry.number { return }
        entries[service] = entry
    }
}
