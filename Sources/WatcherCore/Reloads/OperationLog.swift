import ConfigModel

/// A watcher's last operations.
///
/// The newest lies in the log itself, so that a document with a single load needs no memory beside it; the ones before are a
/// ring that is made with the second.
struct OperationLog: Sendable {
    /// How many operations statistics look back.
    private static let recent = 100

    /// What is kept of one: 80 bytes, and what there is to say about it.
    struct Entry: Sendable {
        let version: Int64
        /// 0 without overlay, too.
        let defaultVersion: Int64
        /// Negative when nothing ran before.
        let fromVersion: Int64
        let finishedAt: Timestamp
        let times: ReloadTimes
        let remarks: Remarks?
        let attempt: Int32
        let trigger: ReloadTrigger
        let status: ReloadOperation.Status
        /// False for what was not loaded, which took no time.
        let isReload: Bool
    }

    /// What is not said of most operations.
    final class Remarks: Sendable {
        let handlers: [HandlerOutcome]
        let warnings: [String]
        let reason: String?

        init?(handlers: [HandlerOutcome], warnings: [String], reason: String?) {
            guard !handlers.isEmpty || !warnings.isEmpty || reason != nil else { return nil }
            self.handlers = handlers
            self.warnings = warnings
            self.reason = reason
        }
    }

    private let capacity: Int32
    private let seed: UInt64
    private var count = 0
    private var newest: Entry?
    /// All before the newest; the n-th operation lies at n modulo the size.
    private var earlier: [Entry] = []

    /// - Parameters:
    ///   - capacity: how many operations are kept; at least 1.
    ///   - seed: makes the operations' names unique.
    init(capacity: Int, seed: UInt64) {
        self.capacity = Int32(clamping: max(1, capacity))
        self.seed = seed
    }

    private var ringSize: Int { Int(capacity) - 1 }

    /// Adds an operation; the oldest goes when there are too many.
    mutating func add(_ entry: Entry) {
        if let newest, ringSize > 0 {
            // Operations are numbered from 1, and this one is the `count`-th.
            let place = (count - 1) % ringSize
            if earlier.count == place { earlier.append(newest) } else { earlier[place] = newest }
        }
        count += 1
        newest = entry
    }

    /// The newest first.
    private var entries: some Sequence<(number: Int, entry: Entry)> {
        let kept = min(count, Int(capacity))
        return (0..<kept).lazy.compactMap { [self] back -> (number: Int, entry: Entry)? in
            let number = count - back
            if back == 0 { return newest.map { (number, $0) } }
            return (number, earlier[(number - 1) % ringSize])
        }
    }

    /// The last reload; nil before the first.
    var lastReload: Entry? { entries.first { $0.entry.isReload }?.entry }

    /// The operations, newest first.
    func operations(of key: DocumentKey, isOverlay: Bool, limit: Int) -> [ReloadOperation] {
        entries.prefix(max(0, limit)).map { number, entry in
            ReloadOperation(entry, id: id(number, of: key), isOverlay: isOverlay)
        }
    }

    /// How long the last reloads took, in order of their length.
    var recentDurations: [Duration] {
        entries.prefix(Self.recent).filter { $0.entry.isReload }.map { $0.entry.times.total }.sorted()
    }

    /// The same for the same operation, without being kept.
    private func id(_ number: Int, of key: DocumentKey) -> String {
        let namespace = (0..<8).map { UInt8(truncatingIfNeeded: seed >> (8 * $0)) }
        return UUIDText.named("\(key)/\(number)", in: namespace)
    }
}

extension ReloadOperation {
    fileprivate init(_ entry: OperationLog.Entry, id: String, isOverlay: Bool) {
        self.init(
            id: id, trigger: entry.trigger, version: entry.version,
            defaultVersion: isOverlay ? entry.defaultVersion : nil,
            fromVersion: entry.fromVersion < 0 ? nil : entry.fromVersion, status: entry.status,
            startedAt: Timestamp(milliseconds: entry.finishedAt.milliseconds - entry.times.total.wholeMilliseconds),
            times: entry.times, handlers: entry.remarks?.handlers ?? [], warnings: entry.remarks?.warnings ?? [],
            reason: entry.remarks?.reason, attempt: Int(entry.attempt))
    }
}

extension Duration {
    fileprivate var wholeMilliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }
}
