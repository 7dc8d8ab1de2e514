import ConfigModel
import ConfigStore
import Synchronization
import TestSupport
import Testing

/// Writers of change sets of ten documents each out of the same thirty, and what they tried.
final class ChangeSetWriters: Sendable {
    private struct State {
        var attempted: [String: [VersionRecord]] = [:]
        var acknowledged: Set<String> = []
        var areDone = false
    }

    let keys: [DocumentKey]
    private let state = Mutex(State())

    init() throws {
        keys = try (0..<30).map { try DocumentKey(service: "service-\($0)", environment: "prod") }
    }

    /// True when no more sets are to be published.
    var areDone: Bool { state.withLock { $0.areDone } }

    func finish() { state.withLock { $0.areDone = true } }

    var acknowledged: Int { state.withLock { $0.acknowledged.count } }

    /// Publishes ten documents in any order, on fresh heads until it is stored.
    ///
    /// - Parameter tries: how often the same set is appended while it is not known what became of it.
    /// - Throws: `StoreError.unavailable` when it is not known then either.
    func publish(to store: any VersionStore, tries: Int = 1) async throws {
        let documents = keys.shuffled().prefix(10)
        while true {
            var chains: [VersionChain] = []
            for head in documents { chains.append(VersionChain(head, after: try await store.head(of: head)?.record)) }
            let set = VersionChain.set(following: chains)
            let id = try #require(set[0].changeSet?.id)
            state.withLock { $0.attempted[id] = set }
            switch try await append(set, to: store, tries: tries) {
            case .stored:
                state.withLock { _ = $0.acknowledged.insert(id) }
                return
            case .taken: continue
            case .changeExists(let records):
                Issue.record("\(records.count) versions of a change that no other set has")
                return
            case .changePruned(let version):
                Issue.record("nothing was pruned, and so not \(version)")
                return
            }
        }
    }

    private func append(
        _ set: [VersionRecord], to store: any VersionStore, tries: Int
    ) async throws -> SetAppendOutcome {
        for _ in 1..<tries {
            do throws(StoreError) {
                return try await store.append(set)
            } catch {
                guard case .unavailable = error else { throw error }
            }
        }
        return try await store.append(set)
    }

    /// Each set is there whole or not at all, the acknowledged ones are there, and no document's history has a gap.
    func verify(in store: any VersionStore) async throws -> (stored: Int, acknowledged: Int, attempted: Int) {
        let (attempted, acknowledged) = state.withLock { ($0.attempted, $0.acknowledged) }
        var stored = 0
        for (id, set) in attempted {
            let page = try await store.versions(ofChangeSet: id)
            #expect(page.damaged == [])
            #expect([0, 10].contains(page.count), "\(page.count) members of \(id)")
            #expect(page.count == 10 || !acknowledged.contains(id), "\(id) was acknowledged")
            guard page.count == 10 else { continue }
            stored += 1
            #expect(page.map(\.record).sorted { $0.key < $1.key } == set.sorted { $0.key < $1.key })
        }
        var versions = 0
        for key in keys {
            let history = try await store.history(of: key, before: nil, limit: 10_000).map(\.record)
            #expect(history.map(\.version) == (1..<Int64(history.count + 1)).reversed(), "\(key)")
            for (newer, older) in zip(history, history.dropFirst()) { #expect(newer.previousHash == older.recordHash) }
            versions += history.count
        }
        #expect(versions == stored * 10)
        let waiting = try await store.unannounced(limit: 100_000).versions
        #expect(waiting.count == versions, "each member waits for its announcement")
        return (stored, acknowledged.count, attempted.count)
    }
}
