import ConfigModel
import ConfigWatcher
import Synchronization
import TestSupport

/// A source of one document that a test publishes to. It follows its readers, or is read on demand.
final class DocumentServer: ConfigSource {
    private struct State {
        var history: TestHistory
        var feeds: [SourceFeed] = []
        var isReachable = true
        var isSilent = false
        var reads = 0
        var unchanged = 0
        /// Reads that wait until the test lets them through.
        var held: [SourceRead]?
    }

    private let state: Mutex<State>

    /// - Parameter contents: what was published before.
    init(_ contents: String...) throws {
        state = Mutex(State(history: try TestHistory(contents: contents)))
    }

    var key: String { "parsing/prod" }

    /// The newest version.
    var version: Int64 { state.withLock { $0.history.head?.version ?? 0 } }

    /// How many reads came.
    var reads: Int { state.withLock { $0.reads } }

    /// How many of them were answered without the content.
    var unchanged: Int { state.withLock { $0.unchanged } }

    /// How many reads wait.
    var waiting: Int { state.withLock { $0.held?.count ?? 0 } }

    var isReachable: Bool {
        get { state.withLock { $0.isReachable } }
        set { state.withLock { $0.isReachable = newValue } }
    }

    /// Nothing is announced any more.
    func silence() { state.withLock { $0.isSilent = true } }

    /// Gives the document its next version, and announces it where that is wanted.
    func publish(_ json: String) throws {
        let feeds = try state.withLock { state in
            try state.history.publish(json)
            return state.isSilent ? [] : state.feeds
        }
        for feed in feeds { announce(feed) }
    }

    /// Keeps reads until `release` is called.
    func hold() { state.withLock { $0.held = [] } }

    /// Answers the reads that were kept.
    func release() {
        let held = state.withLock { state in
            defer { state.held = nil }
            return state.held ?? []
        }
        for read in held { answer(read) }
    }

    var onDemand: any ConfigSource { SilentServer(server: self) }

    func run(_ feed: SourceFeed) async {
        let isSilent = state.withLock { state in
            state.feeds.append(feed)
            return state.isSilent
        }
        if !isSilent { announce(feed) }
        await serve(feed)
        state.withLock { state in state.feeds.removeAll { $0 === feed } }
    }

    fileprivate func serve(_ feed: SourceFeed) async {
        for await request in feed.requests {
            guard case .read(let read) = request else { continue }
            let isHeld = state.withLock { state in
                state.reads += 1
                state.held?.append(read)
                return state.held != nil
            }
            if !isHeld { answer(read) }
        }
    }

    private func announce(_ feed: SourceFeed) {
        for key in feed.documents { feed.send(.mayHaveChanged(isFresh: true), to: key) }
    }

    private func answer(_ read: SourceRead) {
        let (head, isReachable) = state.withLock { ($0.history.head, $0.isReachable) }
        guard isReachable else {
            return read.respond(.failed(SourceFailure("The registry cannot be reached.", scope: .source)))
        }
        guard let head else { return read.respond(.unknown) }
        if read.ifNoneMatch == head.epoch.etag(head.version) {
            state.withLock { $0.unchanged += 1 }
            return read.respond(.notModified())
        }
        read.respond(.version(DocumentVersion(head)))
    }
}

/// The same server without announcements.
private struct SilentServer: ConfigSource {
    let server: DocumentServer

    func run(_ feed: SourceFeed) async { await server.serve(feed) }
}
