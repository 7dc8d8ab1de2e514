package import ConfigModel

/// What became of one version in an instance.
package struct ReportedOutcome: Sendable, Equatable {
    /// How far it came.
    package enum State: String, Sendable, CaseIterable {
        /// It arrived; nothing is decided yet.
        case received
        /// It was found good; handlers run.
        case validated
        /// Readers see it.
        case applied
        /// It was refused; what ran before runs on.
        case rejected
        /// A rollback in the process brought an older version back.
        case rolledBack = "rolled_back"
        /// The document was deleted; what ran runs on.
        case deleted

        /// False while something else can still come of it.
        package var isFinal: Bool { self != .received && self != .validated }
    }

    /// What one handler made of it.
    package struct Handler: Sendable, Equatable {
        /// Its name.
        package var name: String
        /// `success`, `failed`, `timeout` or `stuck`.
        package var result: String

        /// Puts a result together.
        package init(name: String, result: String) {
            self.name = name
            self.result = result
        }
    }

    /// What runs, or was tried.
    package var running: RunningVersion
    /// How far it came.
    package var state: State
    /// How long ago it was received.
    package var received: Duration?
    /// How long ago it was found good.
    package var validated: Duration?
    /// How long ago it became final.
    package var final: Duration?
    /// How long the reload took.
    package var reload: Duration?
    /// Why it was rejected, for a program.
    package var kind: RejectionKind?
    /// Why it was rejected, for a person; it may quote values.
    package var text: String?
    /// The handlers that were called.
    package var handlers: [Handler]

    /// Puts an outcome together.
    package init(
        _ running: RunningVersion, _ state: State, received: Duration? = nil, validated: Duration? = nil,
        final: Duration? = nil, reload: Duration? = nil, kind: RejectionKind? = nil, text: String? = nil,
        handlers: [Handler] = []
    ) {
        self.running = running
        self.state = state
        self.received = received
        self.validated = validated
        self.final = final
        self.reload = reload
        self.kind = kind
        self.text = text
        self.handlers = handlers
    }
}

extension ReportedOutcome {
    /// The longest reason, in bytes.
    package static let longestText = 1_024
    private static let handlers = 64
    private static let members: Set<String> = [
        "state", "received_ms", "validated_ms", "final_ms", "reload_ms", "kind", "text", "handlers",
    ]

    init(_ part: ReportPart) throws(Problem) {
        self.init(
            try RunningVersion(part), try part.word("state"), received: try part.optionalAge("received_ms"),
            validated: try part.optionalAge("validated_ms"), final: try part.optionalAge("final_ms"),
            reload: try part.optionalAge("reload_ms"), kind: try part.optionalWord("kind"),
            text: try part.optionalText("text", atMost: Self.longestText))
        guard (kind != nil) == (state == .rejected) else {
            throw part.invalid("kind", "a rejected version has one, and no other.")
        }
        guard state.isFinal == (final != nil) else {
            throw part.invalid("final_ms", "an outcome that is final has one, and no other.")
        }
        let handlers = try part.parts("handlers") ?? []
        guard handlers.count <= Self.handlers else {
            throw part.invalid("handlers", "there are \(handlers.count); at most \(Self.handlers) are possible.")
        }
        for handler in handlers {
            self.handlers.append(
                Handler(
                    name: try handler.text("name", atMost: 128), result: try handler.text("result", atMost: 32)))
            handler.countUnknown(["name", "result"])
        }
        part.countUnknown(RunningVersion.members.union(Self.members))
    }

    func write(to object: inout JSONWriter) {
        running.write(to: &object)
        object.member("state", state.rawValue)
        object.member("received_ms", received.map(ReportAge.number))
        object.member("validated_ms", validated.map(ReportAge.number))
        object.member("final_ms", final.map(ReportAge.number))
        object.member("reload_ms", reload.map(ReportAge.number))
        object.member("kind", kind?.rawValue)
        object.member("text", text)
        guard !handlers.isEmpty else { return }
        object.array("handlers") { list in
            for handler in handlers {
                list.object { item in
                    item.member("name", handler.name)
                    item.member("result", handler.result)
                }
            }
        }
    }
}
