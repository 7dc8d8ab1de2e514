import AsyncSupport
import Synchronization
import WatcherCore

/// Calls that wait for what comes of a command.
final class Tickets: Sendable {
    typealias Response = Result<Outcome?, WatcherError>

    private struct State {
        var completions: [Int: Completion<Response>] = [:]
        var next = 0
        var end: WatcherError?
    }

    private let state = Mutex(State())

    /// Sends a command under a new number and waits for the result.
    func result(_ send: (Int) -> Void) async throws -> Outcome? {
        let completion = Completion<Response>()
        let (number, end) = state.withLock { state in
            state.next += 1
            if state.end == nil { state.completions[state.next] = completion }
            return (state.next, state.end)
        }
        if let end { throw end }
        send(number)
        guard let answer = await completion.wait() else {
            state.withLock { $0.completions[number] = nil }
            throw CancellationError()
        }
        return try answer.get()
    }

    func resolve(_ number: Int, _ answer: Response) {
        state.withLock { $0.completions.removeValue(forKey: number) }?.resolve(answer)
    }

    /// Nothing will be completed any more.
    func close(_ error: WatcherError) {
        let open = state.withLock { state in
            state.end = error
            defer { state.completions = [:] }
            return Array(state.completions.values)
        }
        for completion in open { completion.resolve(.failure(error)) }
    }
}
