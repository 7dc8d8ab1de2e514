package import ConfigModel

/// What an instance says about one of its documents in a full state.
package struct ReportedEntry: Sendable, Equatable {
    /// What its watcher is doing.
    package enum Watcher: String, Sendable, CaseIterable {
        case starting
        case current
        case stale
        case reloading
        case rejected
        case pinned
        case paused
        case stopped
    }

    /// The newest version that was refused, while it is the newest.
    package struct Refusal: Sendable, Equatable {
        /// Which version; with overlay that of the environment's document.
        package var version: Int64
        /// With overlay the version of the default environment's document.
        package var defaultVersion: Int64?
        /// Why, for a program.
        package var kind: RejectionKind
        /// Why, for a person; it may quote values.
        package var text: String?

        /// Puts a refusal together.
        package init(version: Int64, defaultVersion: Int64? = nil, kind: RejectionKind, text: String? = nil) {
            self.version = version
            self.defaultVersion = defaultVersion
            self.kind = kind
            self.text = text
        }
    }

    /// What runs; version 0 while nothing does.
    package var running: RunningVersion
    /// How long it has been running.
    package var since: Duration?
    /// What its watcher is doing.
    package var watcher: Watcher
    /// The age of the last proof that it is the newest; nil when there never was one.
    package var proofAge: Duration?
    /// The newest version, when it was refused.
    package var refused: Refusal?

    /// Puts an entry together.
    package init(
        _ running: RunningVersion, since: Duration? = nil, watcher: Watcher, proofAge: Duration? = nil,
        refused: Refusal? = nil
    ) {
        self.running = running
        self.since = since
        self.watcher = watcher
        self.proofAge = proofAge
        self.refused = refused
    }
}

extension ReportedEntry {
    private static let members: Set<String> = ["since_ms", "watcher", "proof_age_ms", "refused"]

    init(_ part: ReportPart) throws(Problem) {
        self.init(
            try RunningVersion(part), since: try part.optionalAge("since_ms"), watcher: try part.word("watcher"),
            proofAge: try part.optionalAge("proof_age_ms"))
        if let refused = try part.part("refused") { self.refused = try Refusal(refused) }
        part.countUnknown(RunningVersion.members.union(Self.members))
    }

    func write(to object: inout JSONWriter) {
        running.write(to: &object)
        object.member("since_ms", since.map(ReportAge.number))
        object.member("watcher", watcher.rawValue)
        object.member("proof_age_ms", proofAge.map(ReportAge.number))
        if let refused { object.object("refused", refused.write) }
    }
}

extension ReportedEntry.Refusal {
    init(_ part: ReportPart) throws(Problem) {
        self.init(
            version: try part.number("version", from: 0),
            defaultVersion: try part.optionalNumber("default_version", from: 0), kind: try part.word("kind"),
            text: try part.optionalText("text", atMost: ReportedOutcome.longestText))
        part.countUnknown(["version", "default_version", "kind", "text"])
    }

    func write(to object: inout JSONWriter) {
        object.member("version", version)
        object.member("default_version", defaultVersion)
        object.member("kind", kind.rawValue)
        object.member("text", text)
    }
}
