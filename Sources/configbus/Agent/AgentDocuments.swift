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

    /// What the settings name, as long as it is followed.
    private struct Entry: Sendable {
        enum Handle: Sendable {
            case document(ConfigWatcher<ConfigDocument>)
            case prefix(FollowedPrefix<ConfigDocument>)
        }

        let settings: AgentDocument
        let handle: Handle
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
    private let entries = Mutex<[AgentDocument.Subject: Entry]>([:])
    private let followed = Mutex<[DocumentKey: Followed]>([:])
    private let removals = AsyncStream.makeStream(of: Removal.self)

    init(group: WatcherGroup, options: WatcherOptions, cache: String, _ groups: CommandGroups) {
        self.group = group
        self.options = options
        self.cache = cache
        self.groups = groups
    }

    /// What is followed, in the order of keys.
    var all: [Followed] { followed.withLock { $0.values.sorted { $0.file.key < $1.file.key } } }

    /// How two lists of documents differ.
    struct Difference: Sendable, Equatable {
        var added = 0
        var changed = 0
        var removed = 0
    }

    /// Follows these documents and no others. What is as before goes on; files of documents that are followed no longer stay
    /// as they are.
    @discardableResult
    func follow(_ documents: [AgentDocument]) async throws -> Difference {
        let wanted = Dictionary(documents.map { ($0.subject, $0) }, uniquingKeysWith: { first, _ in first })
        let before = entries.withLock { $0 }
        var difference = Difference()
        for (subject, entry) in before where wanted[subject] == nil {
            difference.removed += 1
            end(entry)
        }
        for document in documents {
            let earlier = before[document.subject]
            guard earlier?.settings != document else { continue }
            // What is followed below a prefix at present is found by the new one.
            try await follow(document, isNew: earlier == nil)
            if let earlier {
                difference.changed += 1
                end(earlier)
            } else {
                difference.added += 1
            }
        }
        return difference
    }

    private func end(_ entry: Entry) {
        entries.withLock { entries in
            let subject = entry.settings.subject
            if entries[subject]?.settings == entry.settings { entries[subject] = nil }
        }
        switch entry.handle {
        case .document(let watcher): group.remove(watcher)
        case .prefix(let prefix): group.remove(prefix)
        }
        followed.withLock { followed in followed = followed.filter { $0.value.file.settings != entry.settings } }
    }

    private func follow(_ document: AgentDocument, isNew: Bool) async throws {
        var options = options
        options.overlay = document.overlay
        if document.debounce > .zero { options.debounce = .fixed(document.debounce) }
        let handle: Entry.Handle
        switch document.subject {
        case .document(let key):
            // While the registry is away nothing would be applied that makes it right.
            let file = file(document, of: key)
            if isNew { await file.recover() }
            let watcher = group.watch(key, options: options, timeout: file.limit, apply: file.apply)
            followed.withLock { $0[key] = Followed(file: file, watcher: watcher) }
            handle = .document(watcher)
        case .prefix(let prefix):
            handle = .prefix(
                try group.follow(prefix: prefix.service, environment: prefix.environment, options: options) {
                    [weak self] watcher in
                    self?.found(watcher, document)
                })
        }
        entries.withLock { $0[document.subject] = Entry(settings: document, handle: handle) }
    }

    /// The registry has a document below a prefix.
    private func found(_ watcher: ConfigWatcher<ConfigDocument>, _ document: AgentDocument) {
        let file = file(document, of: watcher.key)
        watcher.onApply("apply", timeout: file.limit, file.apply)
        followed.withLock { $0[watcher.key] = Followed(file: file, watcher: watcher) }
    }

    private func file(_ document: AgentDocument, of key: DocumentKey) -> AgentFile {
        AgentFile(document, of: key, cache: cache, files: files, lock: lock, groups)
    }

    /// Takes note of what became of a version.
    func note(_ outcome: Outcome) {
        let entry = followed.withLock { followed -> Followed? in
            followed[outcome.key]?.last = outcome
            followed[outcome.key]?.counts[outcome.kind, default: 0] += 1
            return followed[outcome.key]
        }
        guard outcome.kind == .deleted, let file = entry?.file, file.settings.deletion == .remove else {
            return
        }
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
