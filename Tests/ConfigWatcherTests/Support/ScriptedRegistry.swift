import ConfigModel
import RegistryAPI
import Synchronization
import TestSupport

@testable import ConfigWatcher
@testable import RegistryClient
@testable import RegistrySource
@testable import WatcherCore

/// A registry whose documents and failures a test decides about. It answers by the rules of the HTTP API.
final class ScriptedRegistry: RegistryReading {
    struct State: Sendable {
        var heads: [DocumentKey: VersionRecord] = [:]
        /// Documents whose newest version, of this number, is damaged.
        var damaged: [DocumentKey: Int64] = [:]
        /// Documents that the client may not read.
        var refused: Set<DocumentKey> = []
        var isReachable = true
        /// Streams stay open and say nothing.
        var isSilent = false
        /// Why it is not.
        var failure = RegistryClientError(.unreachable, "The registry cannot be reached.")
        var reads: [ReadCall] = []
        var watches: [AsyncStream<WatchMessage>.Continuation] = []
        var knownOfWatches: [[DocumentKey: Int64]] = []
        var selections: [WatchSelection] = []
        var lists: [DocumentPrefix] = []
    }

    /// One read.
    struct ReadCall: Sendable, Equatable {
        let key: DocumentKey
        let etag: String?
        let minimumVersion: Int64?
        let isFresh: Bool
    }

    private let state = Mutex(State())

    init(_ records: VersionRecord?...) {
        for record in records.compactMap({ $0 }) { set(record) }
    }

    /// The reads until now.
    var reads: [ReadCall] { state.withLock { $0.reads } }

    /// What was named as known at the opening of each stream.
    var knownOfWatches: [[DocumentKey: Int64]] { state.withLock { $0.knownOfWatches } }

    /// What each stream was opened about.
    var selections: [WatchSelection] { state.withLock { $0.selections } }

    /// The prefixes whose documents were listed.
    var lists: [DocumentPrefix] { state.withLock { $0.lists } }

    var isReachable: Bool {
        get { state.withLock { $0.isReachable } }
        set { state.withLock { $0.isReachable = newValue } }
    }

    /// Documents whose newest version, of this number, is damaged.
    var damaged: [DocumentKey: Int64] {
        get { state.withLock { $0.damaged } }
        set { state.withLock { $0.damaged = newValue } }
    }

    /// Documents that the client may not read. Streams end when they change, as those of a registry do.
    var refused: Set<DocumentKey> {
        get { state.withLock { $0.refused } }
        set {
            state.withLock { $0.refused = newValue }
            say(.ended(reason: "changed"))
        }
    }

    /// Grants a document, and streams go on: another registry than that of the stream knows it first.
    func grantSilently(_ key: DocumentKey) { state.withLock { _ = $0.refused.remove(key) } }

    /// Streams that are opened stay open and say nothing.
    var isSilent: Bool {
        get { state.withLock { $0.isSilent } }
        set { state.withLock { $0.isSilent = newValue } }
    }

    /// Fails every call with this until it is reachable again.
    func fail(_ failure: RegistryClientError) {
        state.withLock { state in
            state.failure = failure
            state.isReachable = false
        }
    }

    /// Makes a version the newest, without announcing it.
    func set(_ record: VersionRecord) { state.withLock { $0.heads[record.key] = record } }

    /// Makes a version the newest and sends it on the streams.
    func publish(_ record: VersionRecord) {
        set(record)
        say(.event(ConfigEvent(record, inlineLimit: .max)))
    }

    /// Sends something on the streams.
    func say(_ message: WatchMessage) {
        for watch in state.withLock({ $0.watches }) { watch.yield(message) }
    }

    /// Cuts the streams.
    func cutStreams() {
        let watches = state.withLock { state in
            defer { state.watches = [] }
            return state.watches
        }
        for watch in watches { watch.finish() }
    }

    func readRecords(
        _ questions: [DocumentRequest], isFresh: Bool
    ) async throws(RegistryClientError) -> [RegistryClient.HeadResult] {
        let (isReachable, failure, heads, damaged, refused) = state.withLock { state in
            state.reads += questions.map { question in
                ReadCall(
                    key: question.key, etag: question.ifNoneMatch, minimumVersion: question.minimumVersion,
                    isFresh: isFresh)
            }
            return (
                state.isReachable, state.failure, questions.map { state.heads[$0.key] }, state.damaged, state.refused
            )
        }
        guard isReachable else { throw failure }
        return zip(questions, heads).map { question, head in
            if refused.contains(question.key) { return .failure(Self.refusal(question.key)) }
            return damaged[question.key].map(Self.damage) ?? Self.answer(question, head)
        }
    }

    func environments(holding service: String) async throws(RegistryClientError) -> [String] {
        state.withLock { $0.heads.keys.filter { $0.service == service }.map(\.environment).sorted() }
    }

    /// The response to a single read has no place for a change set.
    func readHeads(
        _ requests: [DocumentRequest], isFresh: Bool
    ) async throws(RegistryClientError) -> [RegistryClient.HeadResult] {
        let results = try await readRecords(requests, isFresh: isFresh)
        return requests.count > 1 ? results : results.map { $0.map(\.withoutChangeSet) }
    }

    private static func refusal(_ key: DocumentKey) -> RegistryClientError {
        var members = JSONObject()
        members["key"] = .string("\(key)")
        let problem = Problem("not-allowed", title: "", status: 403, detail: nil, members: members)
        return RegistryClientError(.forbidden, "It needs a grant 'reader:\(key)'.", problem: problem)
    }

    private static func damage(_ version: Int64) -> RegistryClient.HeadResult {
        var members = JSONObject()
        members["version"] = .number(JSONNumber(version))
        let problem = Problem("damaged-version", title: "", status: 500, detail: nil, members: members)
        return .failure(RegistryClientError(.damaged, "The stored version is damaged.", problem: problem))
    }

    private static func answer(_ question: DocumentRequest, _ head: VersionRecord?) -> RegistryClient.HeadResult {
        if let minimum = question.minimumVersion,
            head?.version ?? 0 < minimum || question.epoch ?? head?.epoch != head?.epoch
        {
            return .failure(RegistryClientError(.behind, "The registry has not reached version \(minimum)."))
        }
        guard let head else { return .success(.unknown) }
        let document = DocumentVersion(head)
        if document.etag == question.ifNoneMatch {
            return .success(.notModified(etag: document.etag, facts: document.signedFacts))
        }
        return .success(document.served)
    }

    func documents(below prefix: DocumentPrefix) async throws(RegistryClientError) -> [DocumentKey] {
        let (isReachable, failure, heads) = state.withLock { state in
            state.lists.append(prefix)
            return (state.isReachable, state.failure, state.heads.values.filter { $0.changeType != .deleted })
        }
        guard isReachable else { throw failure }
        let refused = refused
        return heads.map(\.key).filter { prefix.includes($0) && !refused.contains($0) }
    }

    func watch(
        _ selection: WatchSelection, known: [DocumentKey: Int64], _ handle: (WatchMessage) throws -> Void
    ) async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: WatchMessage.self)
        let (heads, damaged) = try state.withLock { state in
            guard state.isReachable else { throw state.failure }
            let named =
                known.keys
                + selection.services.map { service in
                    state.refused.first { $0.service == service && selection.includes($0) }
                }.compactMap { $0 }
            if let key = named.sorted().first(where: state.refused.contains) { throw Self.refusal(key) }
            state.watches.append(continuation)
            state.knownOfWatches.append(known)
            state.selections.append(selection)
            let heads = state.heads.values.filter {
                selection.includes($0.key) && state.damaged[$0.key] == nil && !state.refused.contains($0.key)
            }
            return (heads, state.damaged.filter { selection.includes($0.key) })
        }
        if isSilent {
            for await _ in stream {}
            throw CancellationError()
        }
        for head in heads where known[head.key] != head.version {
            try handle(.event(ConfigEvent(head, inlineLimit: .max)))
        }
        if !damaged.isEmpty { try handle(.damaged(damaged, isComplete: true)) }
        try handle(.synced(epoch: heads.first?.epoch ?? TestHistory.firstEpoch, count: heads.count))
        for await message in stream { try handle(message) }
        throw RegistryClientError(.interrupted, "The stream ended.")
    }
}

extension HeadResponse {
    fileprivate var withoutChangeSet: HeadResponse {
        guard case .content(var served) = self else { return self }
        served.changeSet = nil
        return .content(served)
    }
}

extension DocumentVersion {
    /// The response of a registry whose newest version this is.
    var served: HeadResponse {
        if isTombstone {
            return .deleted(
                ServedTombstone(
                    key: key, version: version, recordHash: recordHash, epoch: epoch, recordEpoch: recordEpoch,
                    signature: signature, etag: etag))
        }
        return .content(
            ServedContent(
                key: key, version: version, content: content, recordHash: recordHash, epoch: epoch,
                recordEpoch: recordEpoch, changeType: changeType, signature: signature, etag: etag, lastModified: nil,
                changeSet: changeSet))
    }
}
