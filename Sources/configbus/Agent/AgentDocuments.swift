import AsyncSupport
import ConfigModel
import ConfigWatcher
import ServiceLifecycle
import Synchronization

/// The documents that an agent follows, each with its file.
final class AgentDocuments: Sendable {
    /// A document, its file, and what became of it last.
    struct Followed: Sendable {
        let file: AgentFile
        let watcher: ConfigWatcher<ConfigDocument>
        var last: Outcome?
        var counts: [Outcome.Kind: Int] = [:]
    }

    /// A file that is to be removed, because its document was deleted.
    struct Removal: Sendable {
        let file: AgentFile
        let generation: Int
    }

    private let group: WatcherGroup
    private let options: WatcherOptions
    private let cache: String
    private let groups: CommandGroups
    private let files = OutputFiles()
    private let lock = KeyedLock<String>(maximumWaiting: 16)
    private let followed = Mutex<[DocumentKey: Followed]>([:])
    private let removals = AsyncStream.makeStream(of: Removal.self)

    init(group: WatcherGroup, options: WatcherOptions, cache: String, _ groups: CommandGroups) {
        self.group = group
        self.options = options
        self.cache = cache
        self.groups = groups
    }

    /// What is followed, in the order of keys.
    var all: [Followed] {
        followed.withLock { $0.values.sorted { $0.file.settings.key < $1.file.settings.key } }
    }

    /// How two lists of documents differ.
    struct Difference: Sendable, Equatable {
        var added = 0
        var changed = 0
        var removed = 0
    }

    /// Follows these documents and no others. What is as before goes on; files of documents that are followed no longer stay
    /// as they are.
    @discardableResult
    func follow(_ documents: [AgentDocument]) async -> Difference {
        let wanted = Dictionary(documents.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let before = followed.withLock { $0 }
        var difference = Difference()
        for (key, entry) in before where wanted[key] != entry.file.settings {
            if wanted[key] == nil { difference.removed += 1 } else { difference.changed += 1 }
            followed.withLock { $0[key] = nil }
            group.remove(entry.watcher)
        }
        for document in documents where before[document.key]?.file.settings != document {
            if before[document.key] == nil { difference.added += 1 }
            await follow(document)
        }
        return difference
    }

    private func follow(_ document: AgentDocument) async {
        let file = AgentFile(document, cache: cache, files: files, lock: lock, groups)
        do {
            if try await file.recover() {
                AgentNotice.say("\(document.path) was in the middle of a change, and is what took effect last again.")
            }
        } catch {
            AgentNotice.say("\(document.path) could not be compared with what took effect last: \(error)")
        }
        var options = options
        options.overlay = document.overlay
        if document.debounce > .zero { options.debounce = .fixed(document.debounce) }
        let watcher = group.watch(document.key, options: options, timeout: file.limit, apply: file.apply)
        followed.withLock { $0[document.key] = Followed(file: file, watcher: watcher) }
    }

    /// Takes note of what became of a version.
    func note(_ outcome: Outcome) {
        let entry = followed.withLock { followed -> Followed? in
            followed[outcome.key]?.last = outcome
            followed[outcome.key]?.counts[outcome.kind, default: 0] += 1
            return followed[outcome.key]
        }
        guard outcome.kind == .deleted, let file = entry?.file, file.settings.deletion == .remove else { return }
        removals.continuation.yield(Removal(file: file, generation: file.generation))
    }

    /// Reads every document now.
    func reload() { group.reload() }

    /// Removes the files of deleted documents.
    func removeFiles() async {
        for await removal in removals.stream.cancelOnGracefulShutdown() {
            await removal.file.remove(asOf: removal.generation)
        }
    }
}

/// Removes the files of deleted documents, where that is wanted.
struct AgentRemovals: Service {
    let documents: AgentDocuments

    func run() async throws {
        await documents.removeFiles()
        try await gracefulShutdown()
    }
}
