import ConfigModel
import ConfigWatcher
import TestSupport
import Testing
import WatcherCore

@testable import FileSource

@Suite("What is made of looks at a file")
struct FollowedFileTests {
    private let now = Instant.now
    private let key: DocumentKey
    private let broken = FileLook.unreadable(FileFault("it is broken"), text: "a")

    init() throws { key = try DocumentKey(parsing: "parsing/prod") }

    private func content(_ number: Int) throws -> FileLook {
        .content(try Content(parsing: Array("{\"n\":\(number)}".utf8)), Timestamp(milliseconds: 1_790_000_000_000))
    }

    /// A file with the first content.
    private func file() throws -> FollowedFile {
        var file = FollowedFile(key: key, path: "/f.json")
        let isNews = file.see(try content(1), nil, at: now)
        try #require(isNews && file.number == 1 && file.isSettled)
        return file
    }

    @Test func eachContentHasTheNextNumberTheSameIsNoNews() throws {
        var file = try file()
        let same = file.see(try content(1), nil, at: now)
        let other = file.see(try content(2), nil, at: now)
        let first = file.see(try content(1), nil, at: now)
        #expect(!same && other && first && file.number == 3)
    }

    @Test func aFileThatIsNotThereIsUnknownAtOnce() {
        var file = FollowedFile(key: key, path: "/f.json")
        let isNews = file.see(.gone, nil, at: now)
        #expect(isNews && file.head == .unknown && file.lookAgainAt == nil)
    }

    @Test func whatCannotBeReadIsReportedAfterThreeMoreLooks() throws {
        var file = try file()
        var moment = now
        for wait in FollowedFile.patience {
            let isNews = file.see(broken, nil, at: moment)
            #expect(!isNews && !file.isSettled && file.number == 1 && file.lookAgainAt == moment + wait)
            moment += wait
        }
        let isNews = file.see(broken, nil, at: moment)
        #expect(isNews && file.head == .unreadable(version: 2, reason: "/f.json: it is broken."))
        let again = file.see(broken, nil, at: moment)
        #expect(!again, "once")
        let repaired = file.see(try content(1), nil, at: moment)
        #expect(repaired && file.number == 3)
    }

    @Test func theReasonNamesTheFileThatWasLookedAt() {
        var file = FollowedFile(key: key, path: "/documents")
        var moment = now
        for wait in FollowedFile.patience {
            _ = file.see(broken, nil, path: "/documents/prod/parsing.yaml", at: moment)
            moment += wait
        }
        _ = file.see(broken, nil, path: "/documents/prod/parsing.yaml", at: moment)
        #expect(file.head == .unreadable(version: 1, reason: "/documents/prod/parsing.yaml: it is broken."))
    }

    @Test func looksInBetweenShortenNothing() throws {
        var file = try file()
        for _ in 0..<10 {
            let isNews = file.see(broken, nil, at: now)
            #expect(!isNews && file.lookAgainAt == now + FollowedFile.patience[0])
        }
    }

    @Test func anotherFaultOfAnotherTextIsReportedAnew() throws {
        var file = try file()
        func report(_ text: String) -> Bool {
            var moment = now
            for wait in FollowedFile.patience {
                _ = file.see(.unreadable(FileFault("it is broken"), text: text), nil, at: moment)
                moment += wait
            }
            return file.see(.unreadable(FileFault("it is broken"), text: text), nil, at: moment)
        }
        #expect(report("a") && !report("a") && report("b"))
    }

    @Test func whatIsRepairedInTimeIsNoNewsWhenItIsTheSame() throws {
        var file = try file()
        _ = file.see(broken, nil, at: now)
        let isNews = file.see(try content(1), nil, at: now)
        #expect(!isNews && file.isSettled && file.lookAgainAt == nil)
    }

    @Test func whatIsGoneIsLookedAtAgainAndThenDeletedAndComesBackAlsoWithTheSameContent() throws {
        var file = try file()
        let first = file.see(.gone, nil, at: now)
        #expect(!first && file.lookAgainAt == now + FollowedFile.absence)
        let second = file.see(.gone, nil, at: now + FollowedFile.absence)
        #expect(second && file.version?.isTombstone == true && file.number == 2)
        let back = file.see(try content(1), nil, at: now)
        #expect(back && file.version?.changeType == .created && file.number == 3)
    }

    @Test func whatIsGoneAgainAfterItCouldNotBeReadIsDeletedAgain() throws {
        var file = try file()
        for number: Int64 in [2, 4] {
            _ = file.see(.gone, nil, at: now)
            let isNews = file.see(.gone, nil, at: now + FollowedFile.absence)
            #expect(isNews && file.version?.isTombstone == true && file.number == number)
            var moment = now
            while !file.see(broken, nil, at: moment) { moment += .milliseconds(400) }
        }
        let back = file.see(try content(1), nil, at: now)
        #expect(back && file.version?.changeType == .created)
    }

    @Test func aFileThatIsGoneForAMomentIsNoNews() throws {
        var file = try file()
        _ = file.see(.gone, nil, at: now)
        let isNews = file.see(try content(1), nil, at: now + FollowedFile.absence)
        #expect(!isNews && file.isSettled)
    }

    @Test func ofAFileThatChangesAllTheTimeWhatCanBeReadCountsAfterFivePauses() throws {
        for (look, isContent) in [(try content(2), true), (broken, false)] {
            var file = try file()
            var (moment, looks) = (now, 1)
            while !file.see(.changing(look), nil, at: moment), looks < 20 {
                moment += FollowedFile.pause
                looks += 1
            }
            #expect(looks == FollowedFile.pauses + 1 && file.number == 2)
            #expect((file.version != nil) == isContent && file.isSettled)
        }
    }

    @Test func aBrokenFileThatWasNeverGoodAndVanishesIsUnknown() {
        var file = FollowedFile(key: key, path: "/f.json")
        var moment = now
        while !file.see(broken, nil, at: moment) { moment += .milliseconds(400) }
        _ = file.see(.gone, nil, at: moment)
        let isNews = file.see(.gone, nil, at: moment + FollowedFile.absence)
        #expect(isNews && file.head == .unknown)
    }
}

extension FollowedFile {
    fileprivate var version: DocumentVersion? {
        guard case .version(let document)? = head else { return nil }
        return document
    }

    /// The number of what a read is answered with.
    fileprivate var number: Int64? {
        switch head {
        case .version(let document): document.version
        case .unreadable(let version, _): version
        default: nil
        }
    }
}
