import ConfigModel
@preconcurrency import Dispatch
import Glibc
import Subprocess
import SystemPackage

/// A command of the user, with the content on its standard input and the facts in its environment.
///
/// It runs in a process group of its own, which is ended as a whole (SIGTERM, then SIGKILL) when its first process has ended,
/// when the time is over, and with this program. So nothing of it works on when the next version comes.
struct UserCommand: VersionEffect {
    /// What is run.
    enum Line: Sendable, Equatable {
        /// A text for `/bin/sh`.
        case shell(String)
        /// A program and its arguments, in which `{file}` stands for the path of the file; no shell reads them.
        case program(String, [String])
    }

    /// What it was given with, for messages: `--exec`, `check`.
    let name: String
    let line: Line
    let limit: Duration
    let groups: CommandGroups

    var isEnding: Bool { groups.isEnding }

    /// What ends the wait for a command.
    private enum Event: Sendable {
        case ended
        case timeIsOver
        case programEnds
        case graceIsOver
    }

    /// - Throws: `ApplyFailure` when it ends with anything but 0 or takes too long, also `RetriedFailure` when it cannot be begun.
    func run(_ content: [UInt8], _ facts: CommandFacts) async throws {
        guard !groups.isEnding else { throw ApplyFailure("\(groups.program) ended before \(name) was run.") }
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        // A task of its own: what was begun is ended in order, also when no caller waits for it any more.
        let command = Task { try await supervise(content, facts, events, continuation) }
        try await withTaskCancellationHandler {
            try await command.value
        } onCancel: {
            continuation.yield(.programEnds)
        }
    }

    private func supervise(
        _ content: [UInt8], _ facts: CommandFacts, _ events: AsyncStream<Event>,
        _ continuation: AsyncStream<Event>.Continuation
    ) async throws {
        var options = PlatformOptions()
        options.processGroupID = 0
        var begun: (number: Int, group: ProcessGroup)?
        let status: TerminationStatus
        let early: ApplyFailure?
        do {
            let input = try CommandInput.open(holding: content)
            // Nothing is lost with memory that no other process has a name for.
            defer { try? input.close() }
            let result = try await Subprocess.run(
                line.executable, arguments: line.arguments(for: facts.file ?? ""),
                environment: .inherit.updating(facts.variables), platformOptions: options,
                input: .fileDescriptor(input, closeAfterSpawningProcess: false),
                output: .currentStandardError, error: .currentStandardError
            ) { execution in
                let group = ProcessGroup(leader: execution.processIdentifier.value)
                begun = (groups.add(group) { continuation.yield(.programEnds) }, group)
                return await wait(for: group, events, continuation)
            }
            (status, early) = (result.terminationStatus, result.closureResult)
        } catch {
            begun?.group.send(SIGKILL)
            await finish(begun)
            throw commandFailure(name, error)
        }
        await finish(begun)
        if let early { throw early }
        guard status.isSuccess else { throw ApplyFailure("\(name) \(Self.words(status)).", .command) }
    }

    private func finish(_ begun: (number: Int, group: ProcessGroup)?) async {
        guard let begun else { return }
        await begun.group.endRest()
        groups.remove(begun.number)
    }

    /// Returns when the shell has ended; with a failure when it was ended before its time.
    private func wait(
        for group: ProcessGroup, _ events: AsyncStream<Event>, _ continuation: AsyncStream<Event>.Continuation
    ) async -> ApplyFailure? {
        DispatchQueue(label: "configbus.command").async {
            group.waitForLeader()
            continuation.yield(.ended)
        }
        var alarms = [alarm(.timeIsOver, after: limit, continuation)]
        defer { for alarm in alarms { alarm.cancel() } }
        var reason: ApplyFailure?
        for await event in events {
            switch event {
            case .ended:
                // What it left behind gets the signal to end while its number cannot be another process's.
                group.send(SIGTERM)
                return reason
            case .timeIsOver, .programEnds:
                guard reason == nil else { continue }
                reason =
                    event == .programEnds
                    ? ApplyFailure("\(groups.program) ended while \(name) ran.")
                    : ApplyFailure("\(name) took longer than \(limit.words) and was ended.", .timeout)
                group.send(SIGTERM)
                alarms.append(alarm(.graceIsOver, after: ProcessGroup.grace, continuation))
            case .graceIsOver:
                group.send(SIGKILL)
            }
        }
        return reason
    }

    private func alarm(
        _ event: Event, after pause: Duration, _ continuation: AsyncStream<Event>.Continuation
    ) -> Task<Void, any Error> {
        Task {
            try await Task.sleep(for: pause)
            continuation.yield(event)
        }
    }

    private static func words(_ status: TerminationStatus) -> String {
        switch status {
        case .exited(let code): "ended with code \(code)"
        case .signaled(let signal): "was ended by signal \(signal)"
        }
    }
}

extension UserCommand.Line {
    fileprivate var executable: Executable {
        switch self {
        case .shell: .path("/bin/sh")
        case .program(let program, _):
            program.utf8.contains(UInt8(ascii: "/")) ? .path(FilePath(program)) : .name(program)
        }
    }

    fileprivate func arguments(for file: String) -> Arguments {
        switch self {
        case .shell(let text): ["-c", text]
        case .program(_, let arguments): Arguments(arguments.map { FileTemplate.replace("{file}", with: file, in: $0) })
        }
    }
}
