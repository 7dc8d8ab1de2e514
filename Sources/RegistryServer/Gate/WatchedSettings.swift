import ConfigAccess
import Logging
import Synchronization

/// What a file says, read again while the program runs: what cannot be used leaves what was there.
final class WatchedSettings<Value: Sendable & Equatable>: Sendable {
    private struct State {
        var value: Value
        /// Rises with each change.
        var number: UInt64 = 1
        var problem: UnusableSettings?
    }

    /// What it is about, for the log.
    private let subject: String
    private let read: @Sendable () throws(UnusableSettings) -> Value
    private let state: Mutex<State>
    /// One reading at a time, so that a slow one does not replace what a later one found.
    private let reading = Mutex(())

    /// Reads it for the first time.
    init(
        _ subject: String, _ read: @escaping @Sendable () throws(UnusableSettings) -> Value
    ) throws(UnusableSettings) {
        self.subject = subject
        self.read = read
        state = Mutex(State(value: try read()))
    }

    /// What it says, and the number of the reading.
    var current: (value: Value, number: UInt64) { state.withLock { ($0.value, $0.number) } }

    /// Looks at the files, and takes what they say.
    ///
    /// - Returns: true when that is something else than before.
    func reload(_ logger: Logger) -> Bool {
        reading.withLock { _ in
            do throws(UnusableSettings) {
                let value = try read()
                let isChanged = state.withLock { state in
                    state.problem = nil
                    guard state.value != value else { return false }
                    state.value = value
                    state.number += 1
                    return true
                }
                if isChanged { logger.notice("\(subject) are read again: their files were changed") }
                return isChanged
            } catch {
                let isNews = state.withLock { state in
                    defer { state.problem = error }
                    return state.problem != error
                }
                if isNews {
                    logger.error(
                        "\(subject) stay as they were: what their files say cannot be used",
                        metadata: ["reason": "\(error)"])
                }
                return false
            }
        }
    }
}
