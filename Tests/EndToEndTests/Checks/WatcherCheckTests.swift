import ConfigModel
import TestSupport
import Testing

/// The checkers of what was announced and applied.
@Suite("Checkers: announcements and watchers") struct WatcherCheckTests {
    private let history: [VersionRecord]

    init() throws { history = try SampleHistory.versions(5, deleted: 3) }

    private func violations(_ lines: [WatchLine], isOver: Bool = true) -> [String] {
        WatcherCheck.violations(of: lines, for: history, isOver: isOver)
    }

    @Test("announcements may be repeated and come in any order")
    func announced() {
        let events = (history + history).shuffled().map { ConfigEvent($0) }
        #expect(AnnouncementCheck.violations(of: events, for: history) == [])
    }

    @Test("a version that was never announced, or was never stored, is found")
    func announcementMissing() {
        let events = history.map { ConfigEvent($0) }
        #expect(AnnouncementCheck.violations(of: Array(events.dropLast()), for: history).count == 1)
        #expect(AnnouncementCheck.violations(of: events, for: Array(history.dropLast())).count == 1)
    }

    @Test("an announcement of something else than what is stored is found")
    func announcementForged() throws {
        let forged = ConfigEvent(try SampleHistory.versions(5, author: "somebody else", deleted: 3)[4])
        let events = history.map { ConfigEvent($0) } + [forged]
        #expect(AnnouncementCheck.violations(of: events, for: history).count == 1)
    }

    @Test("a watcher may skip versions, and refuse some, when it ends on the head")
    func skipping() {
        #expect(violations(history.map { SampleHistory.line($0) }) == [])
        let lines = [
            SampleHistory.line(history[0]), SampleHistory.line(history[3], "rejected"), SampleHistory.line(history[4]),
        ]
        #expect(violations(lines) == [])
    }

    @Test("a watcher that goes back, repeats or stops early is found", arguments: [[1, 0, 4], [0, 0, 4], [0, 1]])
    func order(indexes: [Int]) {
        #expect(violations(indexes.map { SampleHistory.line(history[$0]) }).count == 1)
    }

    @Test("stopping early is no violation while the faults go on")
    func notOver() {
        #expect(violations([SampleHistory.line(history[0])], isOver: false) == [])
    }

    @Test("a version that was never published, or with another content, is found")
    func unpublished() throws {
        let future = try SampleHistory.versions(6)[5]
        #expect(violations([SampleHistory.line(history[4]), SampleHistory.line(future)]).isEmpty == false)
        #expect(violations([SampleHistory.line(history[4], hash: history[0].content.hash)]).count == 1)
    }

    @Test("a deletion that is applied, and a version that is taken for deleted, are found")
    func deletion() {
        let last = SampleHistory.line(history[4])
        #expect(violations([SampleHistory.line(history[2], "applied"), last]).count == 1)
        #expect(violations([SampleHistory.line(history[3], "deleted"), last]).count == 1)
    }
}
