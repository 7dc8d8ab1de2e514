import ConfigModel
import RegistryAPI
import RegistryClient

/// Reads from the registry the versions of a document that the log does not hold yet.
struct VersionReader {
    /// What the log is to say next.
    enum Step {
        /// A version and the one before it.
        case version(VersionRecord, after: Predecessor)
        /// A version that the registry cannot read.
        case unreadable(UnreadableVersion)
        /// Versions that the registry does not keep any more.
        case pruned(PrunedVersions)
    }

    /// The version before another, as far as the registry has it.
    enum Predecessor {
        case version(VersionRecord)
        case unreadable
        case pruned
        case absent
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
        if let oldest = page.first, let newest = page.last, !isWritten(newest) {
            try await read(page, from: oldest, to: newest, body)
        }
        // What is damaged above the newest that can be read.
        let top = page.last?.version ?? 0
        if top < version {
            let last = page.last
            try await body(try await absent(top + 1..<version + 1, last?.epoch))
        }
        return page.last
    }

    private mutating func read(
        _ page: [VersionRecord], from oldest: VersionRecord, to newest: VersionRecord,
        _ body: ([Step]) async throws -> Void
    ) async throws {
        if oldest.version == 1 || isWritten(oldest) {
            return try await body(try await steps(page, from: oldest.version))
        }
        var base = try await lastWritten(below: oldest)
        // Where what was not given yet begins: a page of which nothing can be read is looked at with the next.
        var first = max(base, 1)
        while base < newest.version {
            let top = min(base + Int64(pageSize), newest.version)
            do {
                let page = try await versions(from: max(base, 1), to: top)
                if !page.isEmpty {
                    try await body(try await steps(page, from: first))
                    first = top
                }
                base = top
            } catch let error as RegistryClientError where error.code == .answerTooLarge && pageSize > 1 {
                pageSize /= 2
            }
        }
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

    /// The versions of a page, oldest first, each with the one before it; and those that cannot be read among them.
    ///
    /// - Parameter first: the number with which the page was to begin.
    private func steps(_ page: [VersionRecord], from first: Int64) async throws -> [Step] {
        var steps: [Step] = []
        var before = Predecessor.absent
        var next = first
        for record in page {
            if next < record.version {
                let missing = try await absent(next..<record.version, record.epoch)
                steps += missing
                before =
                    switch missing.last {
                    case .unreadable(let version)? where version.version == record.version - 1: .unreadable
                    case .pruned(let versions)? where versions.numbers.upperBound == record.version - 1: .pruned
                    default: .absent
                    }
            }
            steps.append(.version(record, after: before))
            before = .version(record)
            next = record.version + 1
        }
        return steps
    }

    /// What some numbers, all of which a history left out, stand for: damaged versions, and those that are not kept.
    ///
    /// Numbers are without a gap: the first that does not exist, from above, ends the search.
    ///
    /// - Parameter epoch: of the version beside them; nil when there is none.
    private func absent(
        _ numbers: Range<Int64>, _ epoch: Epoch?
    ) async throws(RegistryClientError) -> [Step] {
        var found: [Step] = []
        var number = numbers.upperBound
        while number > numbers.lowerBound {
            number -= 1
            do throws(RegistryClientError) {
                _ = try await source.version(number, of: key)
                // It has come meanwhile, and is read the next time.
                break
            } catch {
                if error.problem?.type == .pruned, let epoch {
                    let first = max(numbers.lowerBound, (written.last(in: epoch)?.version ?? 0) + 1)
                    if first <= number {
                        found.append(.pruned(PrunedVersions(key: key, numbers: first...number, epoch: epoch)))
                    }
                    break
                }
                guard error.code != .notFound else { break }
                guard error.code == .damaged, let epoch = epoch ?? error.problem?.epoch else { throw error }
                found.append(
                    .unreadable(UnreadableVersion(key: key, version: number, epoch: epoch, reason: error.message)))
            }
        }
        return found.reversed()
    }
}
