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
        case versions(after: VersionIdentity?)
        case others
        case over
    }

    private let store: any RegistryStore
    private let registry: String
    private let hasAccess: Bool
    private let now: Timestamp
    private var stage = Stage.beginning
    private var plan: BackupPlan?
    private var chain = ChainCheck()
    private var counts = BackupTrailer.Counts()
    private var hash = SHA256()
    private var piece: [UInt8] = []

    /// Begins a backup; nothing is read yet.
    ///
    /// - Parameters:
    ///   - registry: the name of the registry.
    ///   - hasAccess: true for one with tokens and denials.
    package init(of store: any RegistryStore, registry: String, hasAccess: Bool, at now: Timestamp) {
        self.store = store
        self.registry = registry
        self.hasAccess = hasAccess
        self.now = now
    }

    /// The next lines; nil when there are no more.
    ///
    /// - Throws: when the store cannot be read, and when a version in it is damaged or missing: a backup without it would not be
    ///   the history.
    package mutating func next() async throws(StoreError) -> [UInt8]? {
        piece.removeAll(keepingCapacity: true)
        while piece.isEmpty {
            switch stage {
            case .beginning: try await begin()
            case .versions(let position): try await addVersions(after: position)
            case .others: try await addOthers()
            case .over: return nil
            }
        }
        return piece
    }

    private mutating func begin() async throws(StoreError) {
        let state = try await store.state()
        plan = try await BackupPlan(store)
        add(BackupHeader(registry: registry, state: state, at: now, hasAccess: hasAccess).jsonBytes)
        stage = .versions(after: nil)
    }

    private mutating func addVersions(after position: VersionIdentity?) async throws(StoreError) {
        let page = try await store.versions(
            after: position, limit: Self.pieceVersions, maximumBytes: Self.pieceBytes)
        if let damaged = page.damaged.first { throw .damaged(damaged) }
        for stored in page where plan?.contains(stored.record) ?? false {
            if !chain.expects(stored.record) { try await addMark(before: stored.record) }
            do throws(ChainFault) { try chain.take(stored.record) } catch { throw .invalid(error.reason) }
            add(stored.record.jsonBytes)
            plan?.take(stored.record)
            counts.versions += 1
        }
        guard let last = page.last?.record else {
            try plan?.finish()
            stage = .others
            return
        }
        stage = .versions(after: VersionIdentity(key: last.key, version: last.version))
    }

    /// Says that the versions before this one are not kept, where that is so.
    private mutating func addMark(before record: VersionRecord) async throws(StoreError) {
        let mark = try await store.pruneMarks(of: [record.key])[record.key]
        let first = try await store.outlines(after: VersionIdentity(key: record.key, version: 0), limit: 1).first
        guard let mark, let first, first.key == record.key, first.version == 1, mark.through < record.version else {
            return
        }
        let pruned = PrunedDocument(first: first, through: mark.through, recordHash: mark.recordHash)
        do throws(ChainFault) { try chain.take(pruned) } catch { throw .invalid(error.reason) }
        add(BackupItem.pruned(pruned).jsonBytes)
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
