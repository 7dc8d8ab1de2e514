import Glibc

/// The processes that belong to one command: its shell, which leads the group, and all that it started and that did not leave
/// the group on purpose.
struct ProcessGroup: Sendable {
    /// Between the signal that asks and the one that ends.
    static let grace = Duration.seconds(2)

    let leader: pid_t

    func send(_ signal: CInt) { _ = Glibc.kill(-leader, signal) }

    /// Blocks until the leader has ended. It is not collected, so that its number stays the group's.
    func waitForLeader() {
        var information = siginfo_t()
        while waitid(P_PID, id_t(leader), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    }

    /// Ends what the leader left behind, which has the signal to end already, and waits for that.
    ///
    /// The system does not report when a group is empty; it is looked at, first soon, then less often.
    func endRest() async {
        var pause = Duration.milliseconds(1)
        let killAt = ContinuousClock.now + Self.grace
        var givesUpAt: ContinuousClock.Instant?
        while isThere {
            if givesUpAt == nil, killAt <= .now {
                send(SIGKILL)
                // Those that are dead and not yet collected count as there.
                givesUpAt = .now + .seconds(1)
            }
            if let givesUpAt, givesUpAt <= .now { return }
            // In a task that is never cancelled.
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(50))
        }
    }

    private var isThere: Bool {
        // Where this program is the first of a container it inherits what no other process collects.
        while waitpid(-leader, nil, WNOHANG) > 0 {}
        return Glibc.kill(-leader, 0) == 0 || errno == EPERM
    }
}
