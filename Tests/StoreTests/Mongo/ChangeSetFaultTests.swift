import ConfigModel
import ConfigStore
import Logging
import TestSupport
import Testing

@testable import MongoStore

/// Whatever ends while change sets are published: of each set all members are stored, or none.
@Suite(
    .enabled(if: MongoDatabase.isThere, "\(ServiceEnvironment.mongodbMissing)"), .timeLimit(.minutes(15)))
struct ChangeSetFaultTests {
    private static let rounds = ServiceEnvironment.hasLongFaults ? 100 : 6

    /// A writer that ends at a random moment, as with SIGKILL: its connections end, and it never learns what became of what it
    /// sent. Another goes on beside it.
    @Test func writersThatEndAtAnyMoment() async throws {
        let application = "test-\(UUIDText.random())"
        try await MongoDatabase.with { database in
            let writers = try ChangeSetWriters()
            let store = try await database.open("appname=\(application)")
            for _ in 0..<Self.rounds { try await round(writers, beside: store, database, application) }
            let counts = try await writers.verify(in: store)
            #expect(counts.acknowledged >= Self.rounds)
            Self.report(counts)
            // What the dead left in the way is ended: every document can be written.
            for key in writers.keys {
                try await eventually("\(key) can be written", within: .seconds(20)) {
                    let chain = VersionChain(key, after: try await store.head(of: key)?.record)
                    return try await store.append(VersionChain.set(following: [chain])) == .stored
                }
            }
            store.closeAlongside()
        }
    }

    /// Another member takes over, again and again, while sets are published. The same set is appended until it is known what became
    /// of it, as a caller does under the same idempotency key.
    @Test(
        .enabled(
            if: ServiceEnvironment.hasSeveralMembers && ServiceEnvironment.hasLongFaults,
            "The database has one member, or CONFIGBUS_TEST_FAULTS is not 1"))
    func membersThatTakeOver() async throws {
        try await MongoDatabase.withStore { store, database in
            let writers = try ChangeSetWriters()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        while !Task.isCancelled, !writers.areDone {
                            try? await writers.publish(to: store, tries: 20)
                        }
                    }
                }
                group.addTask {
                    for _ in 0..<10 {
                        let target = writers.acknowledged + Int.random(in: 10...40)
                        try await eventually("sets are published") { writers.acknowledged >= target }
                        await stepDown(database)
                    }
                    writers.finish()
                }
                try await group.waitForAll()
            }
            Self.report(try await writers.verify(in: store))
        }
    }

    private func stepDown(_ database: MongoDatabase) async {
        // Its connections may end before it answers.
        try? await database.run { client throws(MongoFailure) in
            try client.plainCommand(in: "admin", ["replSetStepDown": 5, "secondaryCatchUpPeriodSecs": 2]) { _ in }
        }
    }

    private static func report(_ counts: (stored: Int, acknowledged: Int, attempted: Int)) {
        print(
            "change sets: \(counts.attempted) attempted, \(counts.acknowledged) acknowledged, \(counts.stored) stored, "
                + "each with all of its 10 members; the others with none")
    }

    private func round(
        _ writers: ChangeSetWriters, beside store: MongoStore, _ database: MongoDatabase, _ application: String
    ) async throws {
        let address = try MongoDatabase.Address.ofEnvironment()
        let proxy = try LossyProxy(to: address.host.name, port: address.host.port)
        let uri = """
            mongodb://\(address.login)127.0.0.1:\(proxy.port)/\(database.name)?directConnection=true\
            &appname=\(application)
            """
        let options = MongoOptions(
            connections: 4, connectTimeout: .milliseconds(300), resolutionTimeout: .milliseconds(300))
        let dying = try await MongoStore.open(uri: uri, options: options, logger: .silent)
        let before = writers.acknowledged
        let target = before + Int.random(in: 1...8)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                // Until it is cut off.
                group.addTask { while (try? await writers.publish(to: dying)) != nil {} }
            }
            group.addTask { for _ in 0..<3 { try? await writers.publish(to: store, tries: 3) } }
            group.addTask {
                _ = try? await eventually("sets are published") { writers.acknowledged >= target }
                try? await Task.sleep(for: .microseconds(Int.random(in: 0...20_000)))
                proxy.close()
            }
        }
        dying.closeAlongside()
    }
}
