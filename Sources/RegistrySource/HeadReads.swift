import ConfigModel
import ConfigWatcher
import DequeModule
import RegistryAPI
import RegistryClient
import Synchronization

/// Reads what the watchers of one source want: a few calls at a time, and what is wanted while all of them are under way
/// goes together into the next.
///
/// A process that follows thousands of documents reads all of them when it starts, and when its source starts anew;
/// thousands of calls at once would be answered none the sooner. A read that waits is a value in a line, without a task.
final class HeadReads: Sendable {
    /// One that is answered while the next is on its way; with more of them fewer reads meet in one.
    static let calls = 2
    /// How many reads one call holds.
    static let largestBatch = 256

    private struct State {
        var freeCalls = calls
        var line = Deque<HeadRead>()
        /// So many reads go alone, because some were refused together.
        var alone = 0
    }

    private let registry: any RegistryReading
    /// Change sets are wanted too.
    private let readsRecords: Bool
    private let state = Mutex(State())

    init(_ registry: any RegistryReading, readsRecords: Bool = false) {
        self.registry = registry
        self.readsRecords = readsRecords
    }

    /// How many reads wait for a call.
    var waiting: Int { state.withLock { $0.line.count } }

    /// Takes a read; true when a call is free, so that `call` has to be made.
    func add(_ read: some HeadReading) -> Bool {
        state.withLock { state in
            state.line.append(HeadRead(read))
            guard state.freeCalls > 0 else { return false }
            state.freeCalls -= 1
            return true
        }
    }

    /// Makes calls until no read waits.
    func call() async {
        while let batch = nextBatch() { await read(batch) }
    }

    /// The reads that wait, as many as one call holds: those that want the same as the first. Nil, and a call is free again,
    /// when none does.
    private func nextBatch() -> [HeadRead]? {
        state.withLock { state in
            var batch: [HeadRead] = []
            let size = state.alone > 0 ? 1 : Self.largestBatch
            while batch.count < size, let next = state.line.first, next.isFresh == batch.first?.isFresh ?? next.isFresh
            {
                state.line.removeFirst()
                if next.isWanted { batch.append(next) }
            }
            state.alone = max(0, state.alone - batch.count)
            if batch.isEmpty { state.freeCalls += 1 }
            return batch.isEmpty ? nil : batch
        }
    }

    private func read(_ batch: [HeadRead]) async {
        do {
            let (requests, isFresh) = (batch.map(\.request), batch[0].isFresh)
            let results =
                try await readsRecords
                ? registry.readRecords(requests, isFresh: isFresh) : registry.readHeads(requests, isFresh: isFresh)
            for (read, result) in zip(batch, results) { read.respond(result) }
            // What a registry leaves out is read again.
            for read in batch.dropFirst(results.count) {
                read.respond(
                    .failure(RegistryClientError(.invalidAnswer, "The registry left out '\(read.request.key)'.")))
            }
        } catch {
            guard batch.count > 1, error.isAboutTheCall else {
                for read in batch { read.respond(.failure(error)) }
                return
            }
            // Something on the way, or a registry of an earlier version, takes no reads together; perhaps later.
            state.withLock { state in
                state.alone = Self.largestBatch
                state.line = Deque(batch) + state.line
            }
        }
    }
}

/// A read that waits for its call.
private struct HeadRead: Sendable {
    let request: DocumentRequest
    let isFresh: Bool
    private let read: any HeadReading

    init(_ read: some HeadReading) {
        request = read.request
        isFresh = read.isFresh
        self.read = read
    }

    var isWanted: Bool { read.isWanted }

    func respond(_ result: RegistryClient.HeadResult) { read.respond(result) }
}

extension RegistryClientError {
    /// True when the same may be answered one by one.
    fileprivate var isAboutTheCall: Bool {
        switch code {
        case .refused, .notFound, .forbidden, .invalidAnswer, .answerTooLarge: true
        default: false
        }
    }
}
