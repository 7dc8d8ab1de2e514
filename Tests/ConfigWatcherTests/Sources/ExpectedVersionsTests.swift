import ConfigModel
import Testing

@testable import ConfigWatcher

@Suite("The versions that are likely to come next")
struct ExpectedVersionsTests {
    @Test("the message of the version after the last one heard is recognised")
    func next() throws {
        let history = try TestHistory.numbered(3)
        var expected = ExpectedVersions()
        expected.expect(after: history.event(2))
        let version = ExpectedVersion(key: history.key, epoch: history.epoch, version: 3)
        #expect(expected.version(message: history.event(3).eventID) == version)
        #expect(expected.version(message: history.event(2).eventID) == nil)
    }

    @Test("one is expected of each document")
    func oneEach() throws {
        let history = try TestHistory.numbered(5)
        let other = try TestHistory.numbered(2, "billing/prod")
        var expected = ExpectedVersions()
        expected.expect(after: history.event(1))
        expected.expect(after: other.event(1))
        expected.expect(after: history.event(4))
        #expect(expected.version(message: history.event(2).eventID) == nil)
        #expect(expected.version(message: history.event(5).eventID)?.version == 5)
        #expect(expected.version(message: other.event(2).eventID)?.key == other.key)
    }

    @Test("what is forgotten is not recognised")
    func forget() throws {
        let history = try TestHistory.numbered(2)
        var expected = ExpectedVersions()
        expected.expect(after: history.event(1))
        expected.forget(history.key)
        #expect(expected.version(message: history.event(2).eventID) == nil)
    }
}
