import Foundation
import Glibc
import Synchronization

/// A program that was started: what it says, and how it ends.
package final class ChildProcess: Sendable {
    /// What it was started with, for messages.
    package let commandLine: String
    package let processID: Int32
    package let output = LineLog()
    package let errors = LineLog()

    private let status = Mutex<ExitStatus?>(nil)

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - environment: what differs from this process's own; an empty value removes a variable.
    ///   - input: its whole standard input.
    package init(
        _ executable: String, _ arguments: [String], environment changes: [String: String] = [:], input: [UInt8] = []
    ) throws {
        commandLine = ([executable.split(separator: "/").last.map(String.init) ?? executable] + arguments)
            .joined(separator: " ")
        let environment = ProcessInfo.processInfo.environment.merging(changes) { $1 }.filter { !$0.value.isEmpty }
        let (outputPipe, errorPipe): (OutputPipe, OutputPipe)
        (processID, outputPipe, errorPipe) = try Spawn.start(
            executable, arguments, environment: environment, input: input)
        let (output, errors) = (output, errors)
        Thread.detachNewThread { outputPipe.read(into: output) }
        Thread.detachNewThread { errorPipe.read(into: errors) }
        Thread.detachNewThread { self.reap() }
    }

    /// How it ended; nil while it runs.
    package var exitStatus: ExitStatus? { status.withLock { $0 } }

    /// Sends a signal; harmless when the process has ended.
    package func send(_ signal: Int32) {
        // Under the lock the process is not reaped, so that its number belongs to nobody else.
        status.withLock { status in
            if status == nil { _ = kill(processID, signal) }
        }
    }

    /// Waits until it has ended.
    package func waitForExit(within limit: Duration = .seconds(30)) async throws -> ExitStatus {
        try await eventually("the end of: \(commandLine)", within: limit) { exitStatus }
    }

    /// Ends it the hard way, if it still runs.
    package func kill9() async throws {
        send(SIGKILL)
        _ = try await waitForExit()
    }

    /// Everything it said, for the report of a failure.
    package var transcript: String {
        let end = exitStatus.map { "\($0)" } ?? "running"
        return "--- \(commandLine) (process \(processID), \(end))\n\(output.text)\(errors.text)"
    }

    private func reap() {
        var information = siginfo_t()
        // Without reaping: nobody may get the number before the lock is held.
        while waitid(P_PID, id_t(processID), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        status.withLock { status in
            var waitStatus: Int32 = 0
            while waitpid(processID, &waitStatus, 0) < 0, errno == EINTR {}
            status = ExitStatus(waitStatus: waitStatus)
        }
    }
}
