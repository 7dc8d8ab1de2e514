import ConfigModel
package import ConfigStore

/// Lets go of versions that need not be kept.
///
/// For each document the mark is set first, then what is behind it is removed: whatever ends the process in between leaves
/// versions that already count as gone, and the next run removes them.
package struct Pruner: Sendable {
    /// One call removes so many versions at the most.
    private static let piece = 500
    /// The store is left alone for so many times the time that it worked.
    private static let rest = 9
    /// How long the right to prune lasts without being renewed.
    private static let lease: Duration = .seconds(60)

    private let store: any VersionReading & PruningStore
    private let registry: String
    private let isPaced: Bool

    /// - Parameters:
    ///   - registry: the name under which the right to prune is held, another for each process.
    ///   - isPaced: whether a tenth of the store's time is enough; without, as fast as it goes.
    package init(store: any VersionReading & PruningStore, registry: String, isPaced: Bool) {
        self.store = store
        self.registry = registry
        self.isPaced = isPaced
    }

    /// Goes over all documents once.
    ///
    /// - Parameters:
    ///   - isDryRun: to say what would be pruned, and change nothing.
    package func prune(
        by rules: RetentionRules, isDryRun: Bool = false
    ) async throws -> PruningReport {
        var report = PruningReport()
        if !isDryRun {
            guard try await holdsLease() else {
                report.isInterrupted = true
                return report
            }
            try await finish()
        }
        var query: HeadQuery? = HeadQuery(includesDeleted: true, limit: Self.piece)
        while let current = query {
            let page = try await paced { () throws(StoreError) in try await store.outlines(current) }
            report.damaged += page.damaged
            for head in page {
                report.documents += 1
                guard let mark = try await mark(below: head, by: rules, &report) else { continue }
                let before = try await store.pruneMarks(of: [head.key])[head.key]?.through ?? 0
                if !isDryRun {
                    guard try await holdsLease() else {
                        report.isInterrupted = true
                        return report
                    }
                    try await letGo(mark)
                }
                report.marks.append(mark)
                report.versions += mark.through - before
            }
            query = current.next(after: page)
        }
        if !isDryRun { _ = try await store.leasePruning(to: registry, for: .zero) }
        return report
    }

    /// Sets a mark and removes what is behind it.
    package func letGo(_ mark: PruneMark) async throws {
        try await paced { () throws(StoreError) in try await store.raise(mark) }
        try await remove(mark.key)
    }

    private func mark(
        below head: RecordOutline, by rules: RetentionRules, _ report: inout PruningReport
    ) async throws -> PruneMark? {
        let last = rules.lastVersion(below: head.version)
        guard last >= 1 else { return nil }
        do {
            return try await paced { () throws(StoreError) in
                try await store.prunable(of: head.key, upTo: last, storedFor: rules.storedFor)
            }
        } catch StoreError.damaged(let version) {
            report.damaged.append(version)
            return nil
        }
    }

    /// Removes what earlier runs left behind marks.
    private func finish() async throws {
        var position: DocumentKey?
        while true {
            let after = position
            let marks = try await paced { () throws(StoreError) in
                try await store.pruneMarks(after: after, limit: Self.piece)
            }
            guard let last = marks.last else { return }
            for mark in marks {
                try await remove(mark.key)
                guard try await holdsLease() else { return }
            }
            position = last.key
        }
    }

    private func remove(_ key: DocumentKey) async throws {
        while try await paced({ () throws(StoreError) in try await store.removePruned(of: key, limit: Self.piece) })
            == Self.piece
        {
            _ = try await holdsLease()
        }
    }

    private func holdsLease() async throws -> Bool { try await store.leasePruning(to: registry, for: Self.lease) }

    /// Does something to the store and then leaves it alone.
    @discardableResult
    private func paced<Value>(_ work: () async throws(StoreError) -> Value) async throws -> Value {
        let start = ContinuousClock.now
        let value = try await work()
        if isPaced { try await Task.sleep(for: (ContinuousClock.now - start) * Self.rest) }
        return value
    }
}
