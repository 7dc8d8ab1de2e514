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
    private let readiness: AgentReadiness
    /// Why the registry, or its stream, is away.
    private let absence = Mutex<String?>(nil)

    init(
        group: WatcherGroup, options: WatcherOptions, cache: String, _ groups: CommandGroups,
        _ readiness: AgentReadiness
    ) {
        self.group = group
        self.options = options
        self.cache = cache
        self.groups = groups
        self.readiness = readiness
    }

    /// What is followed, in the order of keys.
    var all: [Followed] { followed.withLock { $0.values.sorted { $0.file.key < $1.file.key } } }

    /// The prefixes that are followed, in their order.
    var prefixes: [AgentPrefixStatus] {
        let followed = all
        let absence = absence.withLock { $0 }
        return entries.withLock { $0.values.map(\.handle) }.compactMap { handle in
            guard case .prefix(let followedPrefix) = handle else { return nil }
            let prefix = followedPrefix.prefix
            let documents = followed.filter { $0.file.settings.key == nil && prefix.includes($0.file.key) }
            return AgentPrefixStatus(
                prefix, isListed: followedPrefix.isListed,
                isInEffect: documents.contains { $0.watcher.health.version != nil }, absence: absence)
        }.sorted { $0.prefix < $1.prefix }
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
    func follow(_ documents: [AgentDocument]) async throws -> Difference {
        let wanted = Dictionary(documents.map { ($0.subject, $0) }, uniquingKeysWith: { first, _ in first })
        let before = entries.withLock { $0 }
        let hasNewPrefix = documents.contains { $0.key == nil && before[$0.subject]?.settings != $0 }
        let records = try await hasNewPrefix ? records() : []
        var difference = Difference()
        for (subject, entry) in before where wanted[subject] == nil {
            difference.removed += 1
            end(entry)
        }
        for document in documents {
            let earlier = before[document.subject]
            guard earlier?.settings != document else { continue }
            // What is followed below a prefix at present is found by the new one.
            await follow(document, records, isNew: earlier == nil)
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

    /// - Parameter records: of files that an earlier process wrote.
    private func follow(_ document: AgentDocument, _ records: [AgentRecordFile], isNew: Bool) async {
        var options = options
        options.overlay = document.overlay
        if document.debounce > .zero { options.debounce = .fixed(document.debounce) }
        let handle: Entry.Handle
        switch document.subject {
        case .document(let key):
            // Without the registry no version would come that repairs the file, so repair it now.
            let file = file(document, of: key)
            if isNew { await file.recover() }
            readiness.wait(for: .document(key))
            let watcher = group.watch(key, options: options, timeout: file.limit, apply: file.apply)
            followed.withLock { $0[key] = Followed(file: file, watcher: watcher) }
            handle = .document(watcher)
        case .prefix(let prefix):
            // The files that are wanted where an earlier process wrote them.
            let known = records.filter { prefix.includes($0.key) && document.path.path(for: $0.key) == $0.target }
            handle = .prefix(
                await follow(prefix, document, options, known: known.map(\.key).sorted(), isNew: isNew))
        }
        entries.withLock { $0[document.subject] = Entry(settings: document, handle: handle) }
    }

    private func follow(
        _ prefix: DocumentPrefix, _ document: AgentDocument, _ options: WatcherOptions, known: [DocumentKey],
        isNew: Bool
    ) async -> FollowedPrefix<ConfigDocument> {
        var options = options
        // One that is created again gets a new watcher: what is gone is no part of the status.
        options.deletion = .fail
        let prefixFiles = PrefixFiles { [cache, files, lock, groups] key in
            AgentFile(document, of: key, cache: cache, files: files, lock: lock, groups)
        }
        if isNew { for key in known { await prefixFiles.file(of: key).recover() } }
        readiness.wait(for: .prefix(prefix))
        return group.follow(
            prefix, known: known, options: options,
            onListed: { [readiness] in readiness.settle(.prefix(prefix)) },
            configure: { [weak self] watcher in self?.found(watcher, prefixFiles.file(of: watcher.key)) })
    }

    private func records() async throws -> [AgentRecordFile] {
        do {
            return try await files.records(in: cache)
        } catch {
            throw CommandFailure.refused("The folder \(cache) (cache) cannot be read: \(error).")
        }
    }

    /// The registry has a document below a prefix, or had it when an earlier process followed it.
    private func found(_ watcher: ConfigWatcher<ConfigDocument>, _ file: AgentFile) {
        readiness.wait(for: .document(watcher.key))
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
            let entry = followed[outcome.key]
            if outcome.kind == .deleted, entry?.file.settings.key == nil { followed[outcome.key] = nil }
            return entry
        }
        guard outcome.kind == .deleted, let file = entry?.file, file.settings.deletion == .remove else {
            return
        }
        removals.continuation.yield(Removal(file: file, generation: file.generation))
    }

    /// Takes note of what is waited for.
    func note(_ condition: WatchCondition) {
        switch condition {
        case .registryAway(let reason, _), .sourceAway(let reason): absence.withLock { $0 = reason }
        case .registryBack, .sourceBack: absence.withLock { $0 = nil }
        case .missing, .unanswered, .refused, .granted, .unannounced: break
        }
    }

    /// Reads every document now, because SIGHUP came.
    func reload() { group.reloadAtHangup() }

    /// Removes the files of deleted documents.
    func removeFiles() async {
        for await removal in removals.stream.cancelOnGracefulShutdown() {
            await removal.file.remove(asOf: removal.generation)
        }
    }
}

/// The files of the documents below a prefix. A document that is created again has the file that it had, so that what is left
/// to do for its deletion is known to be of the past.
private final class PrefixFiles: Sendable {
    private let make: @Sendable (DocumentKey) -> AgentFile
    private let files = Mutex<[DocumentKey: AgentFile]>([:])

    init(make: @escaping @Sendable (DocumentKey) -> AgentFile) { self.make = make }

    func file(of key: DocumentKey) -> AgentFile {
        files.withLock { files in
            if let file = files[key] { return file }
            let file = make(key)
            files[key] = file
            return file
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
