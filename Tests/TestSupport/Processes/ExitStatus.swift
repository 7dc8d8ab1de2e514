import Glibc

/// How a process ended.
package enum ExitStatus: Sendable, Equatable {
    /// By itself, with a code.
    case exited(Int32)
    /// By a signal.
    case signaled(Int32)

    /// Reads what `waitpid` reports (the macros of C are not available here).
    init(waitStatus: Int32) {
        let signal = waitStatus & 0x7f
        self = signal == 0 ? .exited((waitStatus >> 8) & 0xff) : .signaled(signal)
    }
}
