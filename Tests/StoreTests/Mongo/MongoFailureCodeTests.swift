import ConfigStore
import Testing

@testable import MongoStore

/// The numbers that a server gives its errors, and what the registry makes of them.
@Suite("An error code of MongoDB") struct MongoFailureCodeTests {
    @Test(arguments: [14_031, 12_501] as [Int64])
    func thatSaysThatThereIsNoRoomSaysSoAndWhatToDo(code: Int64) {
        let error = MongoFailure(serverCode: code, "not enough disk space.")
            .storeError(ServerSearch(servers: "host:27017", time: .seconds(2)))
        #expect(
            error
                == .full("the disk of MongoDB has no room left (not enough disk space): free some space on it."))
    }

    @Test(
        arguments: [
            (11_000, .duplicateKey), (11_001, .duplicateKey), (13, .refused), (18, .refused), (8_000, .refused),
            (10_334, .tooLarge), (189, .unavailable), (10_107, .unavailable), (11_600, .unavailable),
            (91, .unavailable), (50, .unavailable), (112, .unavailable), (2, .invalid), (9, .invalid), (121, .invalid),
        ] as [(Int64, MongoFailure.Kind)])
    func isSortedByWhatCanBeDoneAboutIt(code: Int64, kind: MongoFailure.Kind) {
        #expect(MongoFailure(serverCode: code, "why").kind == kind)
    }
}
