import ConfigModel
import ConfigRegistry
import DequeModule
import Dispatch
import NIOCore
import Synchronization

/// Does what can take longer than a millisecond: reading, patching, comparing and merging large contents.
///
/// It has threads of its own, of which half as many work at a time as there are processors: those that serve connections
/// and the other half of the machine stay free, whatever the requests are. What is more waits in a line.
final class ContentWork: Sendable {
    /// What is smaller is done at once by the caller.
    private static let smallBytes = 16_384
    private static let longestLine = 256

    private struct State {
        var running = 0
        var line = Deque<@Sendable () -> Void>()
    }

    private let width: Int
    private let elements: Int
    private let threads = DispatchQueue(label: "configbus.content", attributes: .concurrent)
    private let state = Mutex(State())

    /// How long the work of one request may take, the time in the line included.
    private let timeLimit: Duration

    /// - Parameters:
    ///   - elements: how many elements one piece of work may visit.
    ///   - width: how many pieces are done at a time.
    ///   - timeLimit: how long all the work of one request may take.
    init(
        elements: Int = WorkBudget.defaultElements, width: Int = max(1, System.coreCount / 2),
        timeLimit: Duration = .seconds(5)
    ) {
        self.elements = elements
        self.width = width
        self.timeLimit = timeLimit
    }

    /// The work of one request, whose time begins now.
    ///
    /// - Parameter channel: the connection of the client that waits for it; when the client leaves, the work is given up.
    func forRequest(on channel: (any Channel)?) -> RequestWork {
        RequestWork(work: self, channel: channel, deadline: .now + timeLimit)
    }

    fileprivate func run<Value: Sendable>(
        _ bytes: Int, for channel: (any Channel)?, until deadline: ContinuousClock.Instant,
        _ work: @escaping @Sendable (inout WorkBudget) throws -> Value
    ) async throws -> Value {
        if bytes <= Self.smallBytes {
            var budget = WorkBudget(elements)
            return try work(&budget)
        }
        let client = await channel?.client()
        let result: Result<Value, any Error> = await withCheckedContinuation { continuation in
            let isAccepted = submit { [elements] in
                continuation.resume(
                    returning: Result {
                        var budget = WorkBudget(elements) {
                            client?.isThere != false && ContinuousClock.now < deadline
                        }
                        // The client may have left, or the time may be over, while this waited in the line.
                        do { try budget.check() } catch { throw RegistryError.overloaded }
                        return try work(&budget)
                    })
            }
            if !isAccepted { continuation.resume(returning: .failure(RegistryError.overloaded)) }
        }
        return try result.get()
    }

    /// False when the line is full.
    private func submit(_ job: @escaping @Sendable () -> Void) -> Bool {
        let (isAccepted, startsNow) = state.withLock { state in
            if state.running < width {
                state.running += 1
                return (true, true)
            }
            guard state.line.count < Self.longestLine else { return (false, false) }
            state.line.append(job)
            return (true, false)
        }
        if startsNow { threads.async { [self] in workOff(job) } }
        return isAccepted
    }

    private func workOff(_ first: @Sendable () -> Void) {
        first()
        while let next = nextInLine() { next() }
    }

    private func nextInLine() -> (@Sendable () -> Void)? {
        state.withLock { state in
            if let next = state.line.popFirst() { return next }
            state.running -= 1
            return nil
        }
    }
}

/// What one request does with contents: one piece of work or several, which have one deadline together.
struct RequestWork: Sendable {
    fileprivate let work: ContentWork
    fileprivate let channel: (any Channel)?
    fileprivate let deadline: ContinuousClock.Instant

    /// Does one piece.
    ///
    /// - Parameter bytes: how large the contents are together.
    func run<Value: Sendable>(
        _ bytes: Int, _ piece: @escaping @Sendable (inout WorkBudget) throws -> Value
    ) async throws -> Value {
        try await work.run(bytes, for: channel, until: deadline, piece)
    }
}

extension RegistryError {
    /// Work that was given up.
    ///
    /// - Parameter instead: what to do instead, as the end of a sentence.
    init(_ limit: WorkLimit, instead: String) {
        switch limit {
        case .tooMuchWork: self = .tooMuchWork("This takes more work than one request may; \(instead)")
        case .ended: self = .tooMuchWork("This takes longer than one request may; \(instead)")
        }
    }
}
