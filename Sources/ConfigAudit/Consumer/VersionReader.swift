import ConfigModel
import RegistryClient

/// Reads from the registry the versions of a document that the log does not hold yet.
struct VersionReader {
    /// A version and the one before it, as far as the registry has it.
    struct Step {
        let record: VersionRecord
        let predecessor: VersionRecord?
    }

    private let source: any AuditSource
    private let key: DocumentKey
    private let written: AuditedVersions
    private var pageSize: Int

    init(source: any AuditSource, key: DocumentKey, written: AuditedVersions, pageSize: Int) {
        self.source = source
        self.key = key
        self.written = written
        self.pageSize = pageSize
    }

    /// Reads what is missing up to a version, in version order and in pieces, and gives each piece to `body`.
    ///
    /// A piece may begin with versions that the log holds: they show what the next one hangs on.
    ///
    /// - Returns: the newest version that the registry has up to there; nil when it does not know the document.
    mutating func read(upTo version: Int64, _ body: ([Step]) async throws -> Void) async throws -> VersionRecord? {
        // Nearly always this one page is all: what was announced, and the version before it.
        let missing = version - min(written.newestVersion, version)
        let page = try await newest(upTo: version, count: missing <= pageSize ? Int(missing) + 1 : 2)
        guard let oldest = page.first, let newest = page.last else { return nil }
        guard !isWritten(newest) else { return newest }
        if oldest.version == 1 || isWritten(oldest) {
            try await body(steps(page))
            return newest
        }
        var base = try await lastWritten(below: oldest)
        while base < newest.version {
            let top = min(base + Int64(pageSize), newest.version)
            do {
                try await body(steps(try await versions(from: max(base, 1), to: top)))
                base = top
            } catch let error as RegistryClientError where error.code == .answerTooLarge && pageSize > 1 {
                pageSize /= 2
            }
        }
        return newest
    }

    /// The newest versions up to one, oldest first; two when more are too large.
    private mutating func newest(upTo version: Int64, count: Int) async throws -> [VersionRecord] {
        let before = version == .max ? .max : version + 1
        do {
            return try await source.history(of: key, before: before, limit: max(2, count)).reversed()
        } catch {
            guard error.code == .answerTooLarge, count > 2 else { throw error }
            pageSize = max(1, pageSize / 2)
            return try await source.history(of: key, before: before, limit: 2).reversed()
        }
    }

    /// All versions of a range that the registry has, oldest first, however many it answers at a time.
    private func versions(from first: Int64, to last: Int64) async throws -> [VersionRecord] {
        var newestFirst: [VersionRecord] = []
        var bound = last + 1
        while bound > first {
            let page = try await source.history(of: key, before: bound, limit: Int(bound - first))
            guard let oldest = page.last else { break }
            newestFirst += page
            bound = oldest.version
        }
        return newestFirst.reversed()
    }

    /// The newest version below a record that the log holds, which another epoch may have written; 0 when there is none.
    private mutating func lastWritten(below record: VersionRecord) async throws -> Int64 {
        if let last = written.last(in: record.epoch) { return last.version }
        guard written.newestVersion > 0 else { return 0 }
        var bound = record.version
        while bound > 1 {
            do {
                let page = try await source.history(of: key, before: bound, limit: pageSize)
                if let last = page.first(where: isWritten) { return last.version }
                guard let oldest = page.last else { return 0 }
                bound = oldest.version
            } catch {
                guard error.code == .answerTooLarge, pageSize > 1 else { throw error }
                pageSize /= 2
            }
        }
        return 0
    }

    private func isWritten(_ record: VersionRecord) -> Bool { written.contains(record.version, in: record.epoch) }

    /// The versions of a page, oldest first, each with the one before it.
    private func steps(_ page: [VersionRecord]) -> [Step] {
        page.indices.map { place in
            let record = page[place]
            let before = place > page.startIndex ? page[place - 1] : nil
            return Step(record: record, predecessor: before.flatMap { $0.version == record.version - 1 ? $0 : nil })
        }
    }
}
