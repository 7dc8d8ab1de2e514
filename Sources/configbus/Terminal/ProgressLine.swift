import Synchronization

/// How far a long command is, on a line of the terminal that is written again and again. Nothing is written anywhere else.
final class ProgressLine: Sendable {
    private static let period = Duration.milliseconds(100)

    private struct State {
        var phase = ""
        var all = 0
        var done = 0
        var isShown = false
        var shownAt = ContinuousClock.now
    }

    private let stream = StandardStream.error
    private let isTerminal: Bool
    private let state = Mutex(State())

    init() { isTerminal = stream.isTerminal }

    /// A phase begins, and the one before has ended.
    func begin(_ phase: String, of all: Int = 0) {
        end()
        state.withLock { $0 = State(phase: phase, all: all) }
    }

    /// One more is done.
    func step() { advance(by: 1) }

    /// So many more are done.
    func advance(by count: Int) {
        guard isTerminal else { return }
        let text = state.withLock { state -> String? in
            state.done += count
            guard state.shownAt + Self.period < .now else { return nil }
            (state.shownAt, state.isShown) = (.now, true)
            return "\(state.phase): \(state.done)" + (state.all > 0 ? " of \(state.all)" : "")
        }
        if let text { stream.write("\r\u{1b}[K\(text)") }
    }

    /// Removes the line.
    func end() {
        let isShown = state.withLock { state in
            defer { state.isShown = false }
            return state.isShown
        }
        if isShown { stream.write("\r\u{1b}[K") }
    }
}
