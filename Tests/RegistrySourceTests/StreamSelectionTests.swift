import ConfigModel
import RegistryAPI
import Testing

@testable import RegistrySource

/// What a stream is about while the registry does not grant all of it.
struct StreamSelectionTests {
    private func key(_ service: String) throws -> DocumentKey { try DocumentKey(service: service, environment: "prod") }

    @Test func aDocumentThatIsRefusedIsLeftOutUntilItIsGranted() throws {
        var selection = StreamSelection(WatchSelection(services: ["a", "b", "c"], environment: "prod"))
        #expect(try selection.leaveOut(key("b")))
        #expect(selection.present == WatchSelection(services: ["a", "c"], environment: "prod"))
        #expect(!selection.takeIn { _ in true })
        #expect(selection.takeIn { _ in false })
        #expect(selection.present.services == ["a", "b", "c"] && !selection.takeIn { _ in false })
    }

    @Test func whenNothingIsLeftAllAreAskedForAgainAndNeverEverything() throws {
        var selection = StreamSelection(WatchSelection(services: ["a", "b"], environment: "prod"))
        #expect(try selection.leaveOut(key("a")))
        #expect(try !selection.leaveOut(key("b")))
        #expect(selection.present.services == ["a", "b"])
    }

    @Test(arguments: [nil, "tenants"])
    func ofWhatIsNotNamedTheKnownVersionsAreLeftOutOnce(prefix: String?) throws {
        var selection = StreamSelection(WatchSelection(prefix: prefix, environment: "prod"))
        #expect(try selection.leaveOut(key("tenants")))
        #expect(!selection.namesKnown && selection.present == WatchSelection(prefix: prefix, environment: "prod"))
        #expect(try !selection.leaveOut(key("tenants")))
    }
}
