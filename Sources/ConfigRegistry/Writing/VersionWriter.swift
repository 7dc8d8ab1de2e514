import AsyncSupport
import ConfigModel
import ConfigStore

/// Makes versions: one insert each, whose unique number is the compare-and-set.
///
/// The head in memory only proposes the number. Whatever is wrong about it shows when the insert is refused, and no
/// request is refused before the store was read for it.
final class VersionWriter: Sendable {
    let store: any VersionStore
    let source: HeadSource
    let reader: HeadReader
    let relay: Relay
    let options: RegistryOptions
    let signer: RecordSigner?
    let signing: SigningPolicy
    let checks: CheckRunner
    let overrides: OverrideLog
    let counters: Counters<RegistryCounters>
    private let locks: KeyedLock<DocumentKey>

    init(
        store: any VersionStore, reader: HeadReader, source: HeadSource, relay: Relay, options: RegistryOptions,
        signer: RecordSigner?,
        signing: SigningPolicy, checks: [any ChangeCheck], overrides: OverrideLog
    ) {
        self.store = store
        counters = source.counters
        self.source = source
        self.reader = reader
        self.relay = relay
        self.options = options
        self.signer = signer
        self.signing = signing
        self.checks = CheckRunner(checks)
        self.overrides = overrides
        locks = KeyedLock(maximumWaiting: options.maximumWaitingWriters)
    }

    /// How many writers wait for a document.
    func waitingWriters(of key: DocumentKey) -> Int { locks.waiting(for: key) }

    /// Makes the version that a request describes; nil when there is nothing to do.
    func write(_ request: ChangeRequest) async throws(RegistryError) -> Published? {
        let limits = WriteLimits(arrival: .now, within: options.requestDeadline)
        try request.origin.check()
        try await signing.admitWrite()
        guard await locks.acquire(request.key, until: limits.deadline) == .granted else { throw .overloaded }
        defer { locks.release(request.key) }
        if request.needsLookUp, let published = try await replay(of: request) { return published }
        let original = try await original(for: request)
        do throws(RegistryError) {
            return try await advance(request, from: original, limits)
        } catch {
            // The same request may have been stored before, without a look-up or since it: its own success must not come
            // back as a refusal.
            guard request.origin.isChangeIDFromClient, error.isAboutTheHead,
                let published = try await replay(of: request)
            else { throw error }
            return published
        }
    }

    /// What the same request made before; nil when its change identifier is new.
    private func replay(of request: ChangeRequest) async throws(RegistryError) -> Published? {
        let stored: StoredVersion?
        do {
            counters.count { $0.reads.storeReads += 1 }
            stored = try await store.change(request.origin.changeID, of: request.key)
        } catch {
            throw RegistryError(reading: error)
        }
        guard let record = stored?.record else { return nil }
        return try await replay(of: request, by: record)
    }

    private func replay(
        of request: ChangeRequest, by record: VersionRecord
    ) async throws(RegistryError) -> Published {
        let before = request.buildsOnContent ? try await version(record.version - 1, of: record.key) : nil
        guard try await request.wouldHaveMade(record, after: before) else { throw .changeReused(record) }
        counters.count { $0.writes.replays += 1 }
        return Published(record: record, isReplay: true)
    }

    func version(_ version: Int64, of key: DocumentKey) async throws(RegistryError) -> VersionRecord? {
        guard version >= 1 else { return nil }
        do {
            counters.count { $0.reads.storeReads += 1 }
            return try await store.version(version, of: key)?.record
        } catch {
            throw RegistryError(reading: error)
        }
    }

    /// Tries one head after the other until a version is stored, refused for good, or the time is over.
    private func advance(
        _ request: ChangeRequest, from original: VersionRecord?, _ limits: WriteLimits
    ) async throws(RegistryError) -> Published? {
        var base = try await base(for: request.key, limits)
        var pause = Backoff(from: .milliseconds(2), upTo: .milliseconds(100))
        var isOverrideLogged = false
        while true {
            let epoch = source.cache.epoch
            guard let draft = try await draft(for: request, on: base, epoch: epoch, from: original) else {
                if base.isProven { return nil }
                base = try await freshBase(for: request.key)
                continue
            }
            try await signing.admitVersion(after: base.head)
            if !draft.overridden.isEmpty, !isOverrideLogged {
                try await overrides.note(request)
                isOverrideLogged = true
            }
            let record = try signed(draft.record)
            let head = HeadSnapshot(record, epoch: epoch)
            let beganAt = ContinuousClock.now
            switch try await append(record, limits) {
            case .stored:
                accept(head, provenAt: beganAt)
                if !draft.overridden.isEmpty || !draft.warnings.isEmpty {
                    counters.count { $0.checks.note(overridden: draft.overridden, warnings: draft.warnings) }
                }
                return Published(record: record, isReplay: false, warnings: draft.warnings)
            case .changeExists(let existing):
                return try await replay(of: request, by: existing)
            case .versionTaken:
                counters.count { $0.writes.conflicts += 1 }
                let head = try await freshBase(for: request.key)
                // A number can be taken by a version that no majority holds yet, so that nothing has moved.
                let hasMoved = head.head?.version != base.head?.version
                guard await limits.allow(hasMoved ? .zero : pause.next()) else {
                    throw .conflictPersists(request.key, changeID: request.origin.changeID)
                }
                base = head
            }
        }
    }
}
