import ConfigModel

/// Everything that an instance runs, as a digest or document by document.
package struct ReportedState: Sendable, Equatable {
    /// How the instance does.
    package enum Health: String, Sendable, CaseIterable, Comparable {
        case healthy
        case degraded
        case unhealthy

        /// Better before worse.
        package static func < (left: Health, right: Health) -> Bool { left.severity < right.severity }

        private var severity: Int {
            switch self {
            case .healthy: 0
            case .degraded: 1
            case .unhealthy: 2
            }
        }
    }

    /// The digest of all that runs: 32 hexadecimal digits.
    package var digest: String
    /// How many documents that are.
    package var keys: Int64
    /// How the instance does.
    package var health: Health
    /// Why it is not healthy.
    package var healthText: String?
    /// Each document; nil when only the digest is said.
    package var entries: [ReportedEntry]?

    /// Puts a state together whose digest and number of documents follow from what runs.
    package init(
        running: [RunningVersion], health: Health, healthText: String? = nil, entries: [ReportedEntry]? = nil
    ) {
        digest = StateDigest.of(running)
        keys = Int64(running.count)
        self.health = health
        self.healthText = healthText
        self.entries = entries
    }
}

extension ReportedState {
    init(_ part: ReportPart) throws(Problem) {
        digest = try part.parsed("digest", "32 hexadecimal digits in lower case") {
            StateDigest.isWellFormed($0) ? $0 : nil
        }
        keys = try part.number("keys", from: 0)
        health = try part.word("health")
        healthText = try part.optionalText("health_text", atMost: ReportedOutcome.longestText)
        if let parts = try part.parts("entries") {
            var entries: [ReportedEntry] = []
            for part in parts { entries.append(try ReportedEntry(part)) }
            self.entries = entries
        }
        part.countUnknown(["digest", "keys", "health", "health_text", "entries"])
    }

    func write(to object: inout JSONWriter) {
        object.member("digest", digest)
        object.member("keys", keys)
        object.member("health", health.rawValue)
        object.member("health_text", healthText)
        guard let entries else { return }
        object.array("entries") { list in
            for entry in entries { list.object(entry.write) }
        }
    }
}
