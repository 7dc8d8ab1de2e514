import ConfigModel
import ConfigRegistry
import ConfigStore

/// The contents before and after changes, read a few changes at a time.
struct AuditValues: Sendable {
    /// What a document was before a change.
    enum Old: Sendable {
        case content(Content)
        /// It did not exist, or was deleted.
        case none
        /// It cannot be read.
        case damaged
        /// It was removed from the store.
        case gone
    }

    /// A change.
    enum Change: Sendable {
        case whole(old: Old, new: Content?)
        /// It cannot be read.
        case damaged(DamagedVersion)
        /// It was removed from the store meanwhile.
        case gone

        /// How large the contents are together.
        var bytes: Int {
            guard case .whole(let old, let new) = self else { return 0 }
            return (new?.bytes.count ?? 0) + (old.content?.bytes.count ?? 0)
        }
    }

    /// Two contents each.
    private static let pieceSize = 4

    private let registry: Registry
    private var read: [VersionIdentity: VersionPage.Row] = [:]
    private var isRead: Set<VersionIdentity> = []

    init(registry: Registry) { self.registry = registry }

    /// A change of a page.
    ///
    /// - Parameter rows: this one and those behind it, of which the first are read with it.
    mutating func change(
        _ outline: RecordOutline, among rows: some Sequence<AuditPage.Row>
    ) async throws -> Change {
        let identity = VersionIdentity(key: outline.key, version: outline.version)
        if !isRead.contains(identity) {
            try await read(rows.prefix(Self.pieceSize).compactMap { try? $0.version.get() })
        }
        switch read[identity] {
        case .success(let stored)?:
            let record = stored.record
            return .whole(old: old(before: identity), new: record.isTombstone ? nil : record.content)
        case .failure(let version)?: return .damaged(version)
        case nil: return .gone
        }
    }

    private func old(before identity: VersionIdentity) -> Old {
        guard let before = identity.before else { return .none }
        return switch read[before] {
        case .success(let stored)?: stored.record.isTombstone ? .none : .content(stored.record.content)
        case .failure?: .damaged
        case nil: .gone
        }
    }

    private mutating func read(_ outlines: [RecordOutline]) async throws {
        let wanted = outlines.map { VersionIdentity(key: $0.key, version: $0.version) }
        isRead = Set(wanted)
        let page = try await registry.versions(Array(isRead.union(wanted.compactMap(\.before))))
        read = [:]
        for stored in page {
            read[VersionIdentity(key: stored.record.key, version: stored.record.version)] = .success(stored)
        }
        for version in page.damaged {
            if let identity = version.identity { read[identity] = .failure(version) }
        }
    }
}

extension AuditValues.Old {
    fileprivate var content: Content? {
        if case .content(let content) = self { content } else { nil }
    }
}

extension VersionIdentity {
    /// The version before; nil for a first one.
    fileprivate var before: VersionIdentity? {
        version > 1 ? VersionIdentity(key: key, version: version - 1) : nil
    }
}
