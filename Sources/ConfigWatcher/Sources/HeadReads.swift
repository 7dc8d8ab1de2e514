import ConfigModel
import DequeModule
import RegistryClient
import Synchronization

/// Asks the registry what the watchers of a process want to know: a few calls at a time, and what is asked while all of
/// them are under way goes together into the next.
///
/// A process that follows thousands of documents asks about all of them when it starts, and when its source starts anew;
/// thousands of calls at once would be answered none the sooner. Asking, answering and giving up are O(1).
final class HeadReads: Sendable {
    /// One that is answered while the next is on its way; with more of them fewer questions meet in one.
    static let calls = 2
    /// How many questions one call holds.
    static let largestBatch = 256

    fileprivate typealias Outcome = RegistryClient.HeadResult

    /// A question that waits.
    fileprivate struct Ticket: Sendable {
        let number: Int
        let question: HeadQuestion
        let isFresh: Bool
    }

    /// What a question has to do.
    fileprivate enum Turn: Sendable {
        /// Make a call of its own.
        case call
        /// Nothing: somebody else asked.
        case answered(Outcome)
        /// Give up.
        case cancelled
    }

    fileprivate struct State {
        var freeCalls = calls
        var nextTicket = 0
        var line = Deque<Ticket>()
        /// Those in the line and in a batch under way; who gave up is not here any more.
        var waiting: [Int: CheckedContinuation<Turn, Never>] = [:]
        /// So many questions go alone, because some were refused together.
        var alone = 0
    }

    private let registry: any RegistryReading
    private let conditions: WatchConditions?
    private let state = Mutex(State())
    private let (batches, batchContinuation) = AsyncStream.makeStream(of: [Ticket].self)

    init(_ registry: any RegistryReading, conditions: WatchConditions? = nil) {
        self.registry = registry
        self.conditions = conditions
    }

    /// How many questions wait for a call or for its answer.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// The newest version of a document, or that it is still the one that the caller has.
    ///
    /// - Parameter isFresh: as the registry's store has it after the question came in.
    func head(_ question: HeadQuestion, isFresh: Bool) async throws(RegistryClientError) -> HeadAnswer {
        switch await turn(question, isFresh) {
        case .call:
            defer { endCall() }
            return try await ask([question], isFresh)[0].get()
        case .answered(let outcome): return try outcome.get()
        case .cancelled: throw RegistryClientError(.cancelled, "The question about \(question.key) was cancelled.")
        }
    }

    /// Makes the calls for questions that had to wait, until it is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await batch in batches { group.addTask { await self.call(batch) } }
        }
    }

    private func turn(_ question: HeadQuestion, _ isFresh: Bool) async -> Turn {
        if state.withLock({ $0.takeCall() }) { return .call }
        let number = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let turn = state.withLock { state -> Turn? in
                    if Task.isCancelled { return .cancelled }
                    if state.takeCall() { return .call }
                    state.waiting[number] = continuation
                    state.line.append(Ticket(number: number, question: question, isFresh: isFresh))
                    return nil
                }
                if let turn { continuation.resume(returning: turn) }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: number) }?.resume(returning: .cancelled)
        }
    }

    /// A call ended: the questions that wait have the next.
    private func endCall() {
        let batch = state.withLock { state in
            let batch = state.takeBatch()
            if batch.isEmpty { state.freeCalls += 1 }
            return batch
        }
        if !batch.isEmpty { batchContinuation.yield(batch) }
    }

    private func call(_ batch: [Ticket]) async {
        defer { endCall() }
        do {
            let outcomes = try await ask(batch.map(\.question), batch[0].isFresh)
            for (ticket, outcome) in zip(batch, outcomes) { answer(ticket, outcome) }
        } catch {
            guard batch.count > 1, error.isAboutTheCall else {
                for ticket in batch { answer(ticket, .failure(error)) }
                return
            }
            // Something on the way, or a registry of an earlier version, takes no questions together; perhaps later.
            state.withLock { state in
                state.alone = Self.largestBatch
                state.line = Deque(batch) + state.line
            }
        }
    }

    private func ask(
        _ questions: [HeadQuestion], _ isFresh: Bool
    ) async throws(RegistryClientError) -> [Outcome] {
        let outcomes: [Outcome]
        do {
            outcomes = try await registry.readHeads(questions, isFresh: isFresh)
        } catch {
            if !error.isAbout(questions) { conditions?.registryFailed(error) }
            throw error
        }
        conditions?.registryAnswered()
        precondition(outcomes.count == questions.count, "Every question has an answer.")
        return outcomes
    }

    private func answer(_ ticket: Ticket, _ outcome: Outcome) {
        state.withLock { $0.waiting.removeValue(forKey: ticket.number) }?.resume(returning: .answered(outcome))
    }
}

extension HeadReads.State {
    /// False when all calls are under way.
    fileprivate mutating func takeCall() -> Bool {
        guard freeCalls > 0 else { return false }
        freeCalls -= 1
        return true
    }

    /// Takes the questions out that wait, as many as one call holds: those that want the same as the first.
    fileprivate mutating func takeBatch() -> [HeadReads.Ticket] {
        var batch: [HeadReads.Ticket] = []
        let size = alone > 0 ? 1 : HeadReads.largestBatch
        while batch.count < size, let next = line.first, next.isFresh == batch.first?.isFresh ?? next.isFresh {
            line.removeFirst()
            if waiting[next.number] != nil { batch.append(next) }
        }
        alone = max(0, alone - batch.count)
        return batch
    }
}

extension RegistryClientError {
    /// True when a registry that is well may answer these questions so: it has not reached a version that was claimed.
    fileprivate func isAbout(_ questions: [HeadQuestion]) -> Bool {
        questions.count == 1 && questions[0].minimumVersion != nil && status == 503
    }

    /// True when the same questions may be answered one by one.
    fileprivate var isAboutTheCall: Bool {
        switch code {
        case .refused, .notFound, .forbidden, .invalidAnswer, .answerTooLarge: true
        default: false
        }
    }
}
