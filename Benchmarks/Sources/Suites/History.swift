import ConfigModel
import ConfigRegistry
import ConfigStore

/// The versions of one document.
struct History {
    /// Versions that are marked as announced together.
    private static let batch = 500

    let key: DocumentKey
    private let epoch: Epoch
    private let contents: [Content]
    private var last: VersionRecord?

    var count: Int { Int(last?.version ?? 0) }

    private init(key: DocumentKey, epoch: Epoch) throws {
        self.key = key
        self.epoch = epoch
        contents = try [5_432, 5_433].map { try Content(parsing: Array(Sample.text(2_048, port: $0).utf8)) }
    }

    static func make(_ count: Int, in store: any RegistryStore) async throws -> [History] {
        let epoch = try await store.epoch()
        return try (1...count).map {
            try History(key: DocumentKey(service: "parsing.\($0)", environment: "prod"), epoch: epoch)
        }
    }

    /// Adds versions to all histories at the same time until there are so many together, at least one in each.
    static func grow(_ histories: [History], to total: Int, in store: any RegistryStore) async throws -> [History] {
        let share = max(1, total / histories.count)
        return try await withThrowingTaskGroup(of: (Int, History).self) { tasks in
            for (index, history) in histories.enumerated() {
                tasks.addTask {
                    var history = history
                    try await history.grow(to: share, in: store)
                    return (index, history)
                }
            }
            var grown = histories
            for try await (index, history) in tasks { grown[index] = history }
            return grown
        }
    }

    /// The next version, not stored yet.
    mutating func next() -> VersionRecord {
        let version = Int64(count + 1)
        let record = Sample.record(contents[count % contents.count], of: key, version: version, after: last, epoch)
        last = record
        return record
    }

    private mutating func grow(to total: Int, in store: any RegistryStore) async throws {
        var added: [VersionIdentity] = []
        while count < total {
            let record = next()
            _ = try await store.append(record)
            added.append(VersionIdentity(key: key, version: record.version))
            if added.count == Self.batch || count == total {
                // Otherwise a registry would announce them all.
                try await store.markAnnounced(added)
                added = []
            }
        }
    }
}
