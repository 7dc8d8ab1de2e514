import ConfigAccess
import ConfigModel
import ConfigRegistry
import ConfigStore
import TestSupport
import Testing

/// Versions that are taken out of a store at once.
@Suite(.timeLimit(.minutes(1)))
struct VersionRemovalTests {
    private let store = InMemoryVersionStore()
    private let key: DocumentKey

    init() async throws {
        var chain = try VersionChain("parsing/prod")
        key = chain.key
        for number in 1...4 { _ = try await store.append(chain.next(#"{"n":\#(number)}"#)) }
        try await store.markAnnounced((1...3).map { VersionIdentity(key: chain.key, version: $0) })
    }

    private var removal: VersionRemoval { VersionRemoval(store: store, registry: "test") }

    @Test func youngVersionsGoAndTheAccessLogSaysSo() async throws {
        #expect(try await removal.remove(key, through: 2)?.through == 2)
        #expect(try await store.history(of: key, before: nil, limit: 10).map(\.record.version) == [4, 3])
        let entries = try await store.accessLog(AccessLogQuery()).entries
        #expect(entries.map(\.type) == ["versions-removed"])
        #expect(entries.map(\.subject) == ["parsing/prod 1-2"])
        #expect(try await removal.remove(key, through: 1) == nil)
    }

    @Test(arguments: [4, 5] as [Int64]) func theNewestStays(version: Int64) async throws {
        await #expect(throws: RegistryError.self) { try await removal.remove(key, through: version) }
        #expect(try await store.history(of: key, before: nil, limit: 10).count == 4)
        #expect(try await store.accessLog(AccessLogQuery()).entries.isEmpty)
    }

    @Test func anUnknownDocumentIsSaid() async throws {
        let other = try DocumentKey(parsing: "other/prod")
        await #expect(throws: RegistryError.unknownDocument(other)) { try await removal.remove(other, through: 1) }
    }

    @Test func whatIsNotAnnouncedStays() async throws {
        var chain = VersionChain(key, after: try await store.head(of: key)?.record)
        _ = try await store.append(chain.next(#"{"n":5}"#))
        await #expect(throws: RegistryError.self) { try await removal.remove(key, through: 4) }
        #expect(try await store.pruneMarks(of: [key]).isEmpty)
    }

    @Test func aDamagedLastVersionIsSaid() async throws {
        store.damage(2, of: key)
        let error = await #expect(throws: RegistryError.self) { try await removal.remove(key, through: 2) }
        guard case .damaged(let version)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(version.version == 2)
        #expect(try await removal.remove(key, through: 3)?.through == 3)
    }
}
