import ConfigModel
import ConfigStore
import Synchronization
import TestSupport
import Testing

@testable import MongoStore

/// What arrives while an insert is under way goes together with the next one, and each caller gets its own result.
@Suite(.timeLimit(.minutes(1)))
struct GroupCommitTests {
    @Test func versionAloneGoesAtOnce() async throws {
        let server = SlowServer()
        server.gate.open()
        let appends = GroupCommit(waitingLimit: 10) { records throws(StoreError) in try await server.insert(records) }
        for name in ["a", "b"] { #expect(try await appends.append(version(name)) == nil) }
        #expect(server.commands == [["a"], ["b"]])
    }

    @Test func thoseThatComeMeanwhileGoTogetherInTheirOrder() async throws {
        let server = SlowServer()
        let appends = GroupCommit(waitingLimit: 10) { records throws(StoreError) in try await server.insert(records) }
        let results = try await append(["a", "b", "c", "refused", "d"], to: appends, server)
        #expect(server.commands == [["a"], ["b", "c", "refused", "d"]])
        let stored = Result<MongoFailure.Kind?, StoreError>.success(nil)
        #expect(
            results == ["a": stored, "b": stored, "c": stored, "refused": .success(.duplicateKey), "d": stored])
    }

    @Test func eachCallerFailsWhenNothingWasSent() async throws {
        let server = SlowServer(refusing: .overloaded)
        let appends = GroupCommit(waitingLimit: 10) { records throws(StoreError) in try await server.insert(records) }
        let results = try await append(["a", "b", "c"], to: appends, server)
        #expect(results == ["a": .failure(.overloaded), "b": .failure(.overloaded), "c": .failure(.overloaded)])
        #expect(server.commands == [["a"], ["b", "c"]])
        // The queue is not blocked by it.
        await #expect(throws: StoreError.overloaded) { try await appends.append(version("d")) }
    }

    @Test func largeContentsGoOneAfterTheOther() async throws {
        let server = SlowServer()
        let appends = GroupCommit(waitingLimit: 10) { records throws(StoreError) in try await server.insert(records) }
        _ = try await append(["a", "b", "c", "d"], to: appends, server, contentSize: 600_000)
        #expect(server.commands == [["a"], ["b"], ["c"], ["d"]])
    }

    @Test func lineIsBounded() async throws {
        let server = SlowServer()
        let appends = GroupCommit(waitingLimit: 2) { records throws(StoreError) in try await server.insert(records) }
        let results = try await append(["a", "b", "c"], to: appends, server) {
            await #expect(throws: StoreError.overloaded) { try await appends.append(version("d")) }
        }
        #expect(results == ["a": .success(nil), "b": .success(nil), "c": .success(nil)])
    }

    /// Appends the versions so that each comes while the first is under way, in order, and lets the server answer.
    @discardableResult
    private func append(
        _ names: [String], to appends: GroupCommit, _ server: SlowServer, contentSize: Int = 2,
        whileAllWait: () async throws -> Void = {}
    ) async throws -> [String: Result<MongoFailure.Kind?, StoreError>] {
        try await withThrowingTaskGroup(of: (String, Result<MongoFailure.Kind?, StoreError>).self) { group in
            for (index, name) in names.enumerated() {
                let version = try version(name, contentSize: contentSize)
                group.addTask {
                    do throws(StoreError) {
                        return (name, .success(try await appends.append(version)?.kind))
                    } catch {
                        return (name, .failure(error))
                    }
                }
                try await eventually("\(name) came") { server.gate.arrivals == 1 && appends.waitingCount == index }
            }
            try await whileAllWait()
            server.gate.open()
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    private func version(_ name: String, contentSize: Int = 2) throws -> VersionRecord {
        let text = "{" + String(repeating: " ", count: contentSize - 2) + "}"
        return try VersionChain(name).following(text)
    }
}

/// A server that answers once its gate is open, and refuses what is called so.
private final class SlowServer: Sendable {
    let gate = Gate()
    private let groups = Mutex<[[String]]>([])
    private let refusal: StoreError?

    init(refusing refusal: StoreError? = nil) { self.refusal = refusal }

    /// The documents of each command.
    var commands: [[String]] { groups.withLock { $0 } }

    func insert(_ records: [VersionRecord]) async throws(StoreError) -> [MongoFailure?] {
        let names = records.map(\.key.service)
        groups.withLock { $0.append(names) }
        await gate.pass()
        if let refusal { throw refusal }
        return names.map { $0 == "refused" ? MongoFailure(.duplicateKey, "refused") : nil }
    }
}
