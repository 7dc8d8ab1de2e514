import Glibc
import ServiceLifecycle
import Synchronization

/// The commands that run at present, so that none of them outlives this program.
final class CommandGroups: Sendable {
    private struct State {
        var isEnding = false
        var next = 0
        var running: [Int: Running] = [:]
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private struct Running {
        let group: ProcessGroup
        let end: @Sendable () -> Void
    }

    private let state = Mutex(State())
    /// What ends when this program does, for messages: `watch`.
    let program: String

    init(program: String) { self.program = program }

    /// True when no command is begun any more.
    var isEnding: Bool { state.withLock { $0.isEnding } }

    /// A command runs.
    ///
    /// - Parameter end: ends it before its time; called at once when this program is ending.
    func add(_ group: ProcessGroup, end: @escaping @Sendable () -> Void) -> Int {
        let (number, isEnding) = state.withLock { state in
            state.next += 1
            state.running[state.next] = Running(group: group, end: end)
            return (state.next, state.isEnding)
        }
        if isEnding { end() }
        return number
    }

    /// A command and all that it started have ended.
    func remove(_ number: Int) {
        let isLast = state.withLock { state in
            state.running[number] = nil
            return state.running.isEmpty
        }
        if isLast { release() }
    }

    private func release() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Ends all commands and returns when they have ended; none is begun afterwards. One that cannot even be killed, because
    /// a disk does not answer, is not waited for longer than eight seconds.
    func end() async {
        let running = state.withLock { state in
            state.isEnding = true
            return Array(state.running.values)
        }
        for command in running { command.end() }
        let patience = Task {
            try await Task.sleep(for: .seconds(8))
            release()
        }
        defer { patience.cancel() }
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if !state.running.isEmpty { state.waiting.append(continuation) }
                return state.running.isEmpty
            }
            if hasEnded { continuation.resume() }
        }
    }

    /// Ends all commands at once: this program does not wait for anything any more.
    func kill() {
        for command in state.withLock({ Array($0.running.values) }) { command.group.send(SIGKILL) }
    }
}

/// Ends the commands as soon as the program is to stop, before anything else: the rest waits for them.
struct CommandStop: Service {
    let groups: CommandGroups

    func run() async throws {
        try await gracefulShutdown()
        await groups.end()
    }
}
