import ConfigBench
import Synchronization

/// What the benchmark is doing, on standard error: a line for each phase, and on a terminal how far it is.
final class TerminalProgress: BenchProgress {
    private static let period = Duration.milliseconds(100)

    private struct State {
        var phase = ""
        var shownAt = ContinuousClock.now
        var isOpen = false
    }

    private let stream = StandardStream.error
    private let isTerminal: Bool
    private let state = Mutex(State())

    init() { isTerminal = stream.isTerminal }

    func begin(_ phase: String) {
        end()
        state.withLock { $0.phase = phase }
        stream.write(isTerminal ? "\r\u{1b}[K\(phase) ..." : "\(phase) ...\n")
        state.withLock { $0.isOpen = isTerminal }
    }

    func step(_ done: Int, of all: Int) {
        guard isTerminal else { return }
        let phase = state.withLock { state -> String? in
            guard state.shownAt + Self.period < .now || done == all else { return nil }
            state.shownAt = .now
            return state.phase
        }
        if let phase { stream.write("\r\u{1b}[K\(phase) ... \(done) of \(all)") }
    }

    /// Leaves the terminal's line.
    func end() {
        let isOpen = state.withLock { state in
            defer { state.isOpen = false }
            return state.isOpen
        }
        if isOpen { stream.write("\n") }
    }
}
