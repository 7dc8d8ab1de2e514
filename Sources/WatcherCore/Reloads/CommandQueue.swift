/// Requested reloads and rollbacks, and the calls that wait for them.
struct CommandQueue: Sendable {
    struct Command: Sendable {
        let kind: ReloadJob.Kind
        let trigger: ReloadTrigger
        /// nil: the newest at the time when it begins, or what runs then.
        let layers: DocumentLayers?
        let ticket: Int?
    }

    private var commands: [Command] = []
    /// Wait for whichever reload begins next.
    private var waiting: [Int] = []
    /// Wait for the end of the reload under way.
    private var attached: [Int] = []
    private var begun: Command?

    /// True when nothing is requested.
    var isEmpty: Bool { commands.isEmpty }
    /// True when a call waits for the newest version.
    var hasWaiting: Bool { !waiting.isEmpty }

    mutating func add(_ command: Command) { commands.append(command) }

    /// Completes this ticket with what the next reload makes of the newest version, or with nothing when none is due.
    mutating func wait(_ ticket: Int) { waiting.append(ticket) }

    /// Completes this ticket with the result of the reload under way.
    mutating func attach(_ ticket: Int) { attached.append(ticket) }

    /// Takes the command that is to be carried out next.
    mutating func next() -> Command? {
        guard !commands.isEmpty else { return nil }
        let command = commands.removeFirst()
        begun = command
        return command
    }

    /// A reload begins.
    mutating func begin(_ job: ReloadJob) {
        if let ticket = begun?.ticket { attached.append(ticket) }
        begun = nil
        guard job.kind == .reload || job.kind == .forced else { return }
        attached += waiting
        waiting = []
    }

    /// The reload under way ended.
    mutating func end(_ result: Result<Outcome?, WatcherError>) -> [WatchAction] {
        defer { attached = [] }
        return attached.map { .complete(ticket: $0, result) }
    }

    /// The reload under way is given up before it began: those that wait for it wait for the next.
    mutating func withdraw() {
        waiting = attached + waiting
        attached = []
    }

    /// No reload is due.
    mutating func nothingToDo() -> [WatchAction] {
        defer { waiting = [] }
        return waiting.map { .complete(ticket: $0, .success(nil)) }
    }

    /// Nothing will be done any more for calls that wait; the reload under way still completes its own.
    mutating func fail(_ error: WatcherError) -> [WatchAction] {
        let tickets = commands.compactMap(\.ticket) + waiting
        commands = []
        waiting = []
        return tickets.map { .complete(ticket: $0, .failure(error)) }
    }
}
