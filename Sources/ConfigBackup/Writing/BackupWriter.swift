import ConfigAccess
package import ConfigModel
package import ConfigStore
import Crypto

/// Writes a backup of a store piece by piece, as fast as it is asked to: beside one piece it keeps a number for each document.
package struct BackupWriter: Sendable {
    /// A piece has about so many bytes of content.
    private static let pieceBytes = 256 * 1_024
    private static let pieceVersions = 500

    private enum Stage {
        case beginning
        case planning
        case versions(after: VersionIdentity?)
        case others
        case over
    }

    private let store: any RegistryStore
    private let registry: String
    private let hasAccess: Bool
    private let now: Timestamp
    private var stage = Stage.beginning
    private var plan = BackupPlan()
    private let patience: Duration
    /// What is left of the first line while heads are listed.
    private var header: ArraySlice<UInt8> = []
    private var chain = ChainCheck()
    private var counts = BackupTrailer.Counts()
    private var hash = SHA256()
    private var piece: [UInt8] = []

    /// Begins a backup; nothing is read yet.
    ///
    /// - Parameters:
    ///   - registry: the name of the registry.
    ///   - hasAccess: true for one with tokens and denials.
    ///   - patience: a piece comes after so long at the latest while the heads of many documents are listed.
    package init(
        of store: any RegistryStore, registry: String, hasAccess: Bool, at now: Timestamp,
        patience: Duration = .seconds(10)
    ) {
        self.store = store
        self.registry = registry
        self.hasAccess = hasAccess
        self.now = now
        self.patience = patience
    }

    /// The next lines; nil when there are no more.
    ///
    /// - Throws: when the store cannot be read, and when a version in it is damaged or missing: a backup without it would not be
    ///   the history.
    package mutating func next() async throws(StoreError) -> [UInt8]? {
        piece.removeAll(keepingCapacity: true)
        let start = ContinuousClock.now
        while piece.isEmpty {
            switch stage {
            case .beginning: try await begin()
            case .planning: try await planOn(since: start)
            case .versions(let position): try await addVersions(after: position)
            case .others: try await addOthers()
            case .over: return nil
            }
        }
        return piece
    }

    private mutating func begin() async throws(StoreError) {
        let state = try await store.state()
        add(BackupHeader(registry: registry, state: state, at: now, hasAccess: hasAccess).jsonBytes)
        header = piece[...]
        piece = []
        stage = .planning
    }

    /// A reader to whom nothing comes for long gives up: of a very large store it gets the first line byte by byte meanwhile.
    private mutating func planOn(since start: ContinuousClock.Instant) async throws(StoreError) {
        if try await plan.advance(store) {
            guard ContinuousClock.now - start >= patience, header.count > 1 else { return }
            piece.append(header.removeFirst())
        } else {
            piece += header
            stage = .versions(after: nil)
        }
    }

    private mutating func addVersions(after position: VersionIdentity?) async throws(StoreError) {
        let page = try await store.versions(
            after: position, limit: Self.pieceVersions, maximumBytes: Self.pieceBytes)
        if let damaged = page.damaged.first { throw .damaged(damaged) }
        for stored in page {
            let end = plan.end(of: stored.record.key)
            guard stored.record.version <= end else {
                // The first that is left of a document is behind all that was to be in the backup.
                if end > 0, chain.last?.key != stored.record.key { throw Self.removed("\(stored.record.key)") }
                continue
            }
            if chain.last?.key != stored.record.key { try requireEnd() }
            if !chain.expects(stored.record), try await !addMark(before: stored.record) { continue }
            do throws(ChainFault) { try chain.take(stored.record) } catch { throw .invalid(error.reason) }
            add(stored.record.jsonBytes)
            counts.versions += 1
        }
        guard let last = page.last?.record else {
            try requireEnd()
            guard chain.documents == plan.documents else { throw Self.removed("some documents") }
            stage = .others
            return
        }
        stage = .versions(after: VersionIdentity(key: last.key, version: last.version))
    }

    /// All that was to be in the backup of a document has to be: versions may be removed while it is taken, as many as come
    /// anew.
    private func requireEnd() throws(StoreError) {
        guard let last = chain.last, last.version < plan.end(of: last.key) else { return }
        throw Self.removed("\(last.key)")
    }

    private static func removed(_ documents: String) -> StoreError {
        .unavailable("Versions of \(documents) were removed while the backup was taken; take it again.")
    }

    /// Says that the versions before this one are not kept, where that is so.
    ///
    /// - Returns: false when this one is not kept any more either.
    private mutating func addMark(before record: VersionRecord) async throws(StoreError) -> Bool {
        let mark = try await store.pruneMarks(of: [record.key])[record.key]
        let first = try await store.outlines(after: VersionIdentity(key: record.key, version: 0), limit: 1).first
        guard let mark, let first, first.key == record.key, first.version == 1 else { return true }
        guard mark.through < record.version else { return false }
        let pruned = PrunedDocument(first: first, through: mark.through, recordHash: mark.recordHash)
        do throws(ChainFault) { try chain.take(pruned) } catch { throw .invalid(error.reason) }
        add(BackupItem.pruned(pruned).jsonBytes)
        return true
    }

    private mutating func addOthers() async throws(StoreError) {
        for anchor in try await store.anchors() {
            add(BackupItem.anchor(anchor).jsonBytes)
            counts.anchors += 1
        }
        if hasAccess {
            for name in try await store.boundNames() { add(BackupItem.name(name).jsonBytes) }
            for token in try await store.tokens() {
                add(BackupItem.token(token).jsonBytes)
                counts.tokens += 1
            }
            for denial in try await store.denials() {
                add(BackupItem.denial(denial).jsonBytes)
                counts.denials += 1
            }
        }
        counts.documents = chain.documents
        let checksum = SHA256Text.prefix + SHA256Text.hexadecimal(hash.finalize())
        piece += BackupTrailer(counts: counts, checksum: checksum).jsonBytes
        piece.append(UInt8(ascii: "\n"))
        stage = .over
    }

    private mutating func add(_ line: [UInt8]) {
        hash.update(data: line)
        hash.update(data: [UInt8(ascii: "\n")])
        piece += line
        piece.append(UInt8(ascii: "\n"))
    }
}
