import ConfigModel
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import WatcherCore

@Suite("Reading without a type")
struct SnapshotReadingTests {
    private let snapshot: Snapshot<ConfigDocument>

    init() async throws {
        let json = """
            {"db":{"host":"db1","port":5432,"ratio":0.5,"tls":true,"big":18446744073709551617,"float":5.0},"list":[1,2,3],\
            "dot.key":{"a/b":7},"objects":[{"name":"first"}],"nothing":null}
            """
        snapshot = try await loadedSnapshot(json)
    }

    @Test func valuesAreFoundByPath() {
        #expect(snapshot.get("db.host", default: "") == "db1")
        #expect(snapshot.get("db.port", default: 0) == 5432)
        #expect(snapshot.get("db.ratio", default: 0.0) == 0.5)
        #expect(snapshot.get("db.port", default: 0.0) == 5432)
        #expect(snapshot.get("db.tls", default: false))
        #expect(snapshot.get("list", default: [Int]()) == [1, 2, 3])
        #expect(snapshot.get("list.1", default: 0) == 2)
        #expect(snapshot.get("objects.0.name", default: "") == "first")
        #expect(snapshot.get("/dot.key/a~1b", default: 0) == 7)
    }

    @Test(arguments: [
        "db.none", "none.port", "db.host", "db.big", "db.float", "db.tls", "list", "list.9", "list.01", "nothing",
    ])
    func theDefaultIsForWhatIsMissingOrOfAnotherTypeNothingIsRoundedOrGuessed(path: String) {
        #expect(snapshot.get(ConfigPath(path), default: 42) == 42)
    }

    @Test func whoWantsToKnowTheDifferenceGetsIt() throws {
        #expect(try snapshot.get("db.none", as: Int.self) == nil)
        #expect(try snapshot.get("db.port", as: Int.self) == 5432)
        #expect(throws: WatcherError.self) { try snapshot.get("db.host", as: Int.self) }
    }

    @Test func versionAndContentBelongToTheValue() {
        #expect(snapshot.version == 1 && snapshot.epoch == TestHistory.firstEpoch)
        #expect(snapshot.value?.content == snapshot.content)
    }
}
