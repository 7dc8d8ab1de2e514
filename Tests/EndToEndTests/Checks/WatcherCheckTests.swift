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

    @Test func announcementsMayBeRepeatedAndComeInAnyOrder() {
        let events = (history + history).shuffled().map { ConfigEvent($0) }
        #expect(AnnouncementCheck.violations(of: events, for: history) == [])
    }

    @Test func aVersionThatWasNeverAnnouncedOrWasNeverStoredIsFound() {
        let events = history.map { ConfigEvent($0) }
        #expect(AnnouncementCheck.violations(of: Array(events.dropLast()), for: history).count == 1)
        #expect(AnnouncementCheck.violations(of: events, for: Array(history.dropLast())).count == 1)
    }

    @Test func anAnnouncementOfSomethingElseThanWhatIsStoredIsFound() throws {
        let forged = ConfigEvent(try SampleHistory.versions(5, author: "somebody else", deleted: 3)[4])
        let events = history.map { ConfigEvent($0) } + [forged]
        #expect(AnnouncementCheck.violations(of: events, for: history).count == 1)
    }

    @Test func aWatcherMaySkipVersionsAndRefuseSomeWhenItEndsOnTheHead() {
        #expect(violations(history.map { SampleHistory.line($0) }) == [])
        let lines = [
            SampleHistory.line(history[0]), SampleHistory.line(history[3], "rejected"), SampleHistory.line(history[4]),
        ]
        #expect(violations(lines) == [])
    }

    @Test(arguments: [[1, 0, 4], [0, 0, 4], [0, 1]])
    func aWatcherThatGoesBackRepeatsOrStopsEarlyIsFound(indexes: [Int]) {
        #expect(violations(indexes.map { SampleHistory.line(history[$0]) }).count == 1)
    }

    @Test func stoppingEarlyIsNoViolationWhileTheFaultsGoOn() {
        #expect(violations([SampleHistory.line(history[0])], isOver: false) == [])
    }

    @Test func aVersionThatWasNeverPublishedOrWithAnotherContentIsFound() throws {
        let future = try SampleHistory.versions(6)[5]
        #expect(violations([SampleHistory.line(history[4]), SampleHistory.line(future)]).isEmpty == false)
        #expect(violations([SampleHistory.line(history[4], hash: history[0].content.hash)]).count == 1)
    }

    @Test func aDeletionThatIsAppliedAndAVersionThatIsTakenForDeletedAreFound() {
        let last = SampleHistory.line(history[4])
        #expect(violations([SampleHistory.line(history[2], "applied"), last]).count == 1)
        #expect(violations([SampleHistory.line(history[3], "deleted"), last]).count == 1)
    }
}
