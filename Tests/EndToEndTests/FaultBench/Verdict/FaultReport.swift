import Foundation

/// A scenario's result in one line, and as a row of the table in `docs/reliability.md`.
struct FaultReport: Sendable {
    private let scenario: FaultScenario
    private let name: String
    private let load: FaultTimes
    let counts: FaultCounts
    private let catchUp: Duration
    private let lastParty: String

    init(of scenario: FaultScenario, load: FaultTimes, _ evidence: FaultEvidence) {
        self.scenario = scenario
        name = scenario.name + (scenario.parties.mode == .secured ? "" : " (plaintext)")
        self.load = load
        counts = evidence.counts
        catchUp = max(.zero, evidence.last.instant - load.ended)
        lastParty = evidence.last.party
    }

    /// Prints it, and appends the row to the file that `CONFIGBUS_FAULT_REPORT` names.
    func publish() throws {
        print("fault bench: \(line)")
        guard let path = ProcessInfo.processInfo.environment["CONFIGBUS_FAULT_REPORT"], !path.isEmpty else { return }
        if !FileManager.default.fileExists(atPath: path) {
            try Data().write(to: URL(fileURLWithPath: path))
        }
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        defer { file.closeFile() }
        try file.seekToEnd()
        try file.write(contentsOf: Data((row + "\n").utf8))
    }

    private var line: String {
        """
        \(name): \(counts.acknowledged) acknowledged in \(Self.seconds(load.ended - load.began)) s \
        (\(load.acknowledgedDuring) during the fault), \(counts.resolved) resolved, \(counts.refused) refused, \
        \(counts.lost) lost, \(counts.duplicated) duplicated, \(counts.repeated) announced again, \(counts.late) late \
        (at most \(Self.seconds(counts.longestDelay)) s), \
        writes took at most \(Self.seconds(counts.longestWrite)) s, everybody has everything after \(Self.seconds(catchUp)) s (\(lastParty) last)
        """
    }

    private var row: String {
        let cells =
            [
                name, scenario.injected, Self.decimal(load.writesPerSecond, 0), "\(counts.acknowledged)",
                "\(load.acknowledgedDuring)", "\(counts.resolved)", "\(counts.refused)", "\(counts.lost)",
                "\(counts.duplicated)", "\(counts.repeated)",
                "\(counts.late) (\(Self.seconds(counts.longestDelay)) s)", "\(Self.seconds(counts.longestWrite)) s",
                "\(Self.seconds(catchUp)) s",
            ]
        return "| \(cells.joined(separator: " | ")) |"
    }

    private static func seconds(_ duration: Duration) -> String { decimal(duration / .seconds(1), 1) }

    private static func decimal(_ number: Double, _ digits: Int) -> String {
        String(format: "%.\(digits)f", number)
    }
}
