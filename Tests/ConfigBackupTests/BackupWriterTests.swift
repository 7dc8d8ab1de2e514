import ConfigAccess
import ConfigModel
import ConfigStore
import TestSupport
import Testing

@testable import ConfigBackup

@Suite(.timeLimit(.minutes(1)))
struct BackupWriterTests {
    @Test func everythingIsInIt() async throws {
        let store = try await BackupSample.store()
        let (summary, items) = try BackupSample.read(try await BackupSample.bytes(of: store))
        #expect(summary.header.registry == "host-1")
        let epoch = try await store.epoch()
        #expect(summary.header.epoch == epoch)
        #expect(summary.header.authentication == .required)
        var counts = BackupTrailer.Counts()
        (counts.documents, counts.versions, counts.anchors, counts.tokens, counts.denials) = (6, 15, 1, 1, 1)
        #expect(summary.trailer.counts == counts)
        let records = items.compactMap { if case .record(let record) = $0 { record } else { nil } }
        let stored = try await store.versions(after: nil, limit: 100, maximumBytes: .max).map(\.record)
        #expect(records.map(\.jsonBytes) == stored.map(\.jsonBytes))
        let tokens = items.compactMap { if case .token(let token) = $0 { token } else { nil } }
        let storedTokens = try await store.tokens()
        #expect(tokens == storedTokens)
        let denials = items.compactMap { if case .denial(let denial) = $0 { denial } else { nil } }
        let storedDenials = try await store.denials()
        #expect(denials == storedDenials)
    }

    @Test func identitiesAreLeftOutUnlessTheyAreWanted() async throws {
        let store = try await BackupSample.store()
        let (summary, items) = try BackupSample.read(try await BackupSample.bytes(of: store, hasAccess: false))
        #expect(!summary.header.hasAccess)
        #expect(summary.trailer.counts.tokens == 0)
        #expect(items.count == summary.trailer.counts.versions + summary.trailer.counts.anchors)
    }

    @Test func emptyStoreHasABackup() async throws {
        let (summary, items) = try BackupSample.read(try await BackupSample.bytes(of: InMemoryVersionStore()))
        #expect(items.isEmpty)
        #expect(summary.trailer.counts == BackupTrailer.Counts())
    }

    @Test func versionsThatAreNotKeptAreNamed() async throws {
        let store = try await BackupSample.store()
        let key = try DocumentKey(parsing: "parsing/prod")
        let last = try #require(try await store.version(3, of: key)).record
        try await store.raise(PruneMark(key: key, through: 3, recordHash: last.recordHash))
        _ = try await store.removePruned(of: key, limit: 100)
        let (summary, items) = try BackupSample.read(try await BackupSample.bytes(of: store))
        #expect(summary.trailer.counts.documents == 6 && summary.trailer.counts.versions == 12)
        let pruned = items.compactMap { if case .pruned(let pruned) = $0 { pruned } else { nil } }
        #expect(pruned.map(\.key) == [key] && pruned.map(\.through) == [3])
    }

    @Test func damagedVersionEndsIt() async throws {
        let store = try await BackupSample.store()
        store.damage(2, of: try DocumentKey(parsing: "parsing/prod"))
        let error = await #expect(throws: StoreError.self) { _ = try await BackupSample.bytes(of: store) }
        guard case .damaged(let version)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(version.version == 2)
    }

    /// What is written behind the lists of heads is not in it; a set is in it as a whole or not at all.
    @Test func setThatIsStoredWhileHeadsAreListedIsWhole() async throws {
        let store = try await BackupSample.store()
        var plan = BackupPlan()
        let growing = GrowingStore(store)
        while try await plan.advance(growing) {}
        let key = try DocumentKey(parsing: "z/prod")
        let set = try await #require(store.head(of: key)).record.changeSet
        for member in try await store.versions(ofChangeSet: try #require(set).id) {
            #expect(member.record.version <= plan.end(of: member.record.key), "\(member.record.key)")
        }
        var later = VersionChain(key, after: try await store.head(of: key)?.record)
        #expect(later.next().version > plan.end(of: key))
    }

    /// A reader to whom nothing comes for long gives up.
    @Test func firstLineComesInPartsWhileManyHeadsAreListed() async throws {
        let store = try await BackupSample.store()
        var writer = BackupWriter(
            of: store, registry: "host-1", hasAccess: true, at: Timestamp(milliseconds: 1_790_000_000_000),
            patience: .zero)
        var pieces: [[UInt8]] = []
        while let piece = try await writer.next() { pieces.append(piece) }
        #expect(pieces.prefix(2) == [Array("{".utf8), Array("\"".utf8)])
        let whole = try await BackupSample.bytes(of: store)
        #expect(pieces.flatMap(\.self) == whole)
    }

    /// Up to which version they go while it is taken, behind the first line.
    @Test(arguments: [2, 3])
    func versionsThatGoMeanwhileAreNamed(_ through: Int64) async throws {
        let store = try await BackupSample.store()
        var writer = BackupWriter(of: store, registry: "host-1", hasAccess: false, at: Timestamp(milliseconds: 0))
        var bytes = try #require(try await writer.next())
        try await prune(store, through: through)
        while let piece = try await writer.next() { bytes += piece }
        let (summary, items) = try BackupSample.read(bytes)
        #expect(summary.trailer.counts.documents == 6)
        #expect(items.contains { if case .pruned(let pruned) = $0 { pruned.through == through } else { false } })
    }

    @Test func documentOfWhichAllVersionsGoMeanwhileIsNotLeftOut() async throws {
        let store = try await BackupSample.store()
        var writer = BackupWriter(of: store, registry: "host-1", hasAccess: false, at: Timestamp(milliseconds: 0))
        _ = try await writer.next()
        try await prune(store, through: 4)
        let error = await #expect(throws: StoreError.self) { while try await writer.next() != nil {} }
        #expect(error?.description.contains("parsing/prod were removed while the backup was taken") == true)
    }

    /// Writes two versions more of a document, and removes old ones.
    private func prune(_ store: InMemoryVersionStore, through: Int64) async throws {
        let key = try DocumentKey(parsing: "parsing/prod")
        var chain = VersionChain(key, after: try await store.head(of: key)?.record)
        for _ in 0..<2 { _ = try await store.append(chain.next()) }
        let last = try #require(try await store.version(through, of: key)).record
        try await store.raise(PruneMark(key: key, through: through, recordHash: last.recordHash))
        _ = try await store.removePruned(of: key, limit: 100)
    }

    /// The mark reaches this version once the backup has begun.
    @Test(arguments: [(3, true), (4, false)] as [(Int64, Bool)])
    func versionsThatGoMeanwhileDoNotLeaveTheDocumentOut(through: Int64, isWhole: Bool) async throws {
        let store = try await BackupSample.store()
        let key = try DocumentKey(parsing: "parsing/prod")
        var chain = VersionChain(key, after: try await store.head(of: key)?.record)
        var writer = BackupWriter(of: store, registry: "host-1", hasAccess: false, at: .now)
        var bytes = try await #require(writer.next())
        _ = try await store.append(chain.next())
        let last = try #require(try await store.version(through, of: key)).record
        try await store.raise(PruneMark(key: key, through: through, recordHash: last.recordHash))
        _ = try await store.removePruned(of: key, limit: 100)
        do {
            while let piece = try await writer.next() { bytes += piece }
            #expect(isWhole)
            let (_, items) = try BackupSample.read(bytes)
            #expect(items.contains { if case .pruned(let pruned) = $0 { pruned.key == key } else { false } })
        } catch StoreError.unavailable(let reason) {
            #expect(!isWhole && reason.contains("Versions of parsing/prod"))
        }
    }
}
