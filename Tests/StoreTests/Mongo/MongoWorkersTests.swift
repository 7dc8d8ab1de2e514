import ConfigModel
import ConfigStore
import Dispatch
import TestSupport
import Testing

@testable import MongoStore

/// How calls share the connections.
@Suite(
    .enabled(if: MongoDatabase.isThere, "\(ServiceEnvironment.mongodbMissing)"), .timeLimit(.minutes(1)))
struct MongoWorkersTests {
    /// A call in the driver that lasts until a test ends it.
    private struct LongCall: Sendable {
        private let hasBegun = DispatchSemaphore(value: 0)
        private let mayEnd = DispatchSemaphore(value: 0)

        func block() {
            hasBegun.signal()
            mayEnd.wait()
        }

        /// Waits on a thread that may.
        func begun() async {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    hasBegun.wait()
                    continuation.resume()
                }
            }
        }

        func end() { mayEnd.signal() }
    }

    @Test func slowCallDelaysNoOther() async throws {
        try await MongoDatabase.withStore(options: MongoOptions(connections: 2)) { store, _ in
            let call = LongCall()
            async let blocked: Void = store.workers.run { _ in call.block() }
            await call.begun()
            // All of these go through the other connection, one behind the other where they come at once.
            let key = try DocumentKey(service: "nothing")
            let found = try await withThrowingTaskGroup(of: StoredVersion?.self) { group in
                for _ in 0..<20 { group.addTask { try await store.head(of: key) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(found == Array(repeating: nil, count: 20))
            call.end()
            try await blocked
        }
    }

    @Test func lineOfWaitingCallsIsBounded() async throws {
        let options = MongoOptions(connections: 1, waitingCalls: 2, connectTimeout: .seconds(30))
        try await MongoDatabase.withStore(options: options) { store, _ in
            let call = LongCall()
            async let blocked: Void = store.workers.run { _ in call.block() }
            await call.begun()
            let key = try DocumentKey(service: "nothing")
            // Ten more come while the only connection is busy: two wait, eight are refused at once.
            let refused = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<10 {
                    group.addTask {
                        do throws(StoreError) {
                            _ = try await store.head(of: key)
                            return false
                        } catch {
                            #expect(error == .overloaded)
                            return true
                        }
                    }
                }
                var refused = 0
                for try await isRefused in group {
                    if isRefused { refused += 1 }
                    if refused == 8 { call.end() }
                }
                return refused
            }
            #expect(refused == 8)
            try await blocked
            #expect(try await store.head(of: key) == nil)
        }
    }

    @Test func closingWaitsForWhatIsUnderWay() async throws {
        try await MongoDatabase.withStore(options: MongoOptions(connections: 1)) { store, database in
            let record = try VersionChain("service/prod").following()
            let call = LongCall()
            async let blocked: Void = store.workers.run { _ in call.block() }
            await call.begun()
            async let outcome = store.append(record)
            async let closed: Void = store.close()
            // A call that came before the end would wait in the queue for ever.
            try await eventually("the store refuses new calls") { store.workers.isClosed }
            await #expect(throws: StoreError.closed) { try await store.workers.run { _ in } }
            call.end()
            try await blocked
            await closed
            // Accepted before the end or refused: never lost without a word.
            let stored: AppendOutcome?
            do {
                stored = try await outcome
            } catch {
                #expect(error as? StoreError == .closed)
                stored = nil
            }
            let reopened = try await database.open()
            #expect(try await reopened.head(of: record.key)?.record == (stored == nil ? nil : record))
            await reopened.close()
        }
    }
}
