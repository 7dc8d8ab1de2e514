import AsyncSupport
import ConfigModel
import RegistryAPI
import RegistryClient
import Synchronization
import TestSupport
import Testing

@testable import RegistrySource

/// A process that follows many documents makes a few calls at a time, and reads many documents with one.
@Suite("Reads at the same time", .timeLimit(.minutes(1)))
struct HeadReadsTests {
    private let registry = GatedRegistry()

    @Test func noMoreCallsThanTheLimitAreUnderWayAndWhatWaitedMeanwhileGoesTogether() async throws {
        try await running { reads in
            try await withThrowingTaskGroup { group in
                try await occupy(reads, &group)
                for number in 0..<1_000 { group.addTask { try await reads.head("waiting-\(number)") } }
                try await eventually("all wait") { reads.reads.waiting == 1_000 }
                registry.gate.open()
                try await group.waitForAll()
            }
        }
        #expect(registry.mostUnderWay == HeadReads.calls)
        #expect(registry.requests.prefix(HeadReads.calls).allSatisfy { $0.count == 1 })
        let batches = registry.requests.dropFirst(HeadReads.calls).map(\.count)
        #expect(batches.reduce(0, +) == 1_000 && batches.count == 4 && batches.max() == HeadReads.largestBatch)
    }

    @Test func eachReadGetsItsOwnResult() async throws {
        registry.gate.open()
        try await running { reads in
            try await withThrowingTaskGroup { group in
                for number in 0..<1_000 {
                    group.addTask {
                        let answer = try await reads.head("s\(number)")
                        #expect(answer == .notModified(etag: "s\(number)"))
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func aReadOfWhatTheStoreHasDoesNotShareACallWithOthers() async throws {
        try await running { reads in
            try await withThrowingTaskGroup { group in
                try await occupy(reads, &group)
                for isFresh in [true, false, true] {
                    let before = reads.reads.waiting
                    for _ in 0..<3 { group.addTask { try await reads.head("a", isFresh: isFresh) } }
                    try await eventually("they wait") { reads.reads.waiting == before + 3 }
                }
                registry.gate.open()
                try await group.waitForAll()
            }
        }
        #expect(registry.requests.dropFirst(HeadReads.calls).map(\.count) == [3, 3, 3])
    }

    @Test func aReadThatIsNotWantedAnyMoreTakesNoPlaceInACall() async throws {
        try await running { reads in
            try await withThrowingTaskGroup { group in
                try await occupy(reads, &group)
                let unwanted = (0..<300).map { Read("x\($0)") }
                for read in unwanted { reads.start(read) }
                group.addTask { try await reads.head("z") }
                try await eventually("they wait") { reads.reads.waiting == 301 }
                for read in unwanted { read.giveUp() }
                registry.gate.open()
                try await group.waitForAll()
            }
        }
        #expect(registry.requests.dropFirst(HeadReads.calls).map { $0.map(\.key.service) } == [["z"]])
    }

    @Test func whatARegistryLeavesOutFails() async throws {
        registry.leaveOut()
        try await running { reads in
            try await withThrowingTaskGroup { group in
                try await occupy(reads, &group)
                let lost = [Read("a"), Read("b")]
                for read in lost { reads.start(read) }
                registry.gate.open()
                #expect(try await lost[0].result() == .notModified(etag: "a"))
                await #expect(throws: RegistryClientError.self) { try await lost[1].result() }
                try await group.waitForAll()
            }
        }
    }

    @Test(arguments: [.notFound, .forbidden, .refused] as [RegistryClientError.Code])
    func aRegistryThatTakesNoReadsTogetherIsReadOneByOneAndTriedAgainFromTimeToTime(code: RegistryClientError.Code)
        async throws
    {
        registry.refuseTogether(code)
        try await running { reads in
            try await withThrowingTaskGroup { group in
                try await occupy(reads, &group)
                for number in 0..<600 { group.addTask { try await reads.head("waiting-\(number)") } }
                try await eventually("all wait") { reads.reads.waiting == 600 }
                registry.gate.open()
                try await group.waitForAll()
            }
        }
        #expect(registry.requests.count { $0.count == 1 } == HeadReads.calls + 600)
        #expect((2...8).contains(registry.requests.count { $0.count > 1 }))
        #expect(registry.mostUnderWay == HeadReads.calls)
    }

    @Test func aCallThatFailsFailsForAllReadsInItAndTheNextOnesAreMade() async throws {
        registry.refuseTogether(.unreachable)
        try await running { reads in
            try await withThrowingTaskGroup(of: HeadResponse?.self) { group in
                for number in 1...HeadReads.calls {
                    group.addTask { try await reads.head("a") }
                    try await eventually("the call is taken") { registry.gate.arrivals == number }
                }
                for _ in 0..<5 { group.addTask { try? await reads.head("b") } }
                try await eventually("they wait") { reads.reads.waiting == 5 }
                registry.gate.open()
                var failures = 0
                for try await answer in group where answer == nil { failures += 1 }
                #expect(failures == 5)
                #expect(try await reads.head("c") == .notModified(etag: "c"))
            }
        }
    }

    /// Takes all calls.
    private func occupy(
        _ reads: RunningReads, _ group: inout ThrowingTaskGroup<HeadResponse, any Error>
    ) async throws {
        for number in 1...HeadReads.calls {
            group.addTask { try await reads.head("first") }
            try await eventually("the call is taken") { registry.gate.arrivals == number }
        }
    }

    private func running(_ body: (RunningReads) async throws -> Void) async throws {
        let reads = RunningReads(HeadReads(registry))
        try await withThrowingTaskGroup { group in
            group.addTask { await reads.run() }
            defer { group.cancelAll() }
            try await body(reads)
        }
    }
}

/// Reads whose calls are made, as a source makes them.
private struct RunningReads: Sendable {
    let reads: HeadReads
    private let calls: AsyncStream<Void>
    private let call: AsyncStream<Void>.Continuation

    init(_ reads: HeadReads) {
        self.reads = reads
        (calls, call) = AsyncStream.makeStream(of: Void.self)
    }

    func run() async {
        await withDiscardingTaskGroup { group in
            for await _ in calls { group.addTask { await reads.call() } }
        }
    }

    func start(_ read: Read) {
        if reads.add(read) { call.yield() }
    }

    @discardableResult
    func head(_ service: String, isFresh: Bool = false) async throws -> HeadResponse {
        let read = Read(service, isFresh: isFresh)
        start(read)
        return try await read.result()
    }
}

/// A read by a test.
private final class Read: HeadReading {
    let request: DocumentRequest
    let isFresh: Bool
    private let outcome = Completion<RegistryClient.HeadResult>()
    private let wanted = Mutex(true)

    init(_ service: String, isFresh: Bool = false) {
        request = DocumentRequest(Self.key(service))
        self.isFresh = isFresh
    }

    private static func key(_ service: String) -> DocumentKey {
        do { return try DocumentKey(service: service) } catch { preconditionFailure("\(error)") }
    }

    var isWanted: Bool { wanted.withLock { $0 } }

    func giveUp() { wanted.withLock { $0 = false } }

    func respond(_ result: RegistryClient.HeadResult) { outcome.resolve(result) }

    func result() async throws -> HeadResponse {
        guard let result = await outcome.wait() else { throw CancellationError() }
        return try result.get()
    }
}

/// A registry that answers, with the name of the service as an ETag, once its gate lets it.
private final class GatedRegistry: RegistryReading {
    private struct State {
        var requests: [[DocumentRequest]] = []
        var underWay = 0
        var mostUnderWay = 0
        var refusal: RegistryClientError.Code?
        var leavesOut = false
    }

    let gate = Gate()
    private let state = Mutex(State())

    /// What was asked with each call.
    var requests: [[DocumentRequest]] { state.withLock { $0.requests } }
    var mostUnderWay: Int { state.withLock { $0.mostUnderWay } }

    /// Answers the first of several only.
    func leaveOut() { state.withLock { $0.leavesOut = true } }

    func refuseTogether(_ code: RegistryClientError.Code) { state.withLock { $0.refusal = code } }

    func readHeads(
        _ requests: [DocumentRequest], isFresh: Bool
    ) async throws(RegistryClientError) -> [RegistryClient.HeadResult] {
        let refusal = state.withLock { state in
            state.requests.append(requests)
            state.underWay += 1
            state.mostUnderWay = max(state.mostUnderWay, state.underWay)
            return requests.count > 1 ? state.refusal : nil
        }
        await gate.pass()
        state.withLock { $0.underWay -= 1 }
        if let refusal { throw RegistryClientError(refusal, "Not together.") }
        let answered = state.withLock { $0.leavesOut } ? Array(requests.prefix(1)) : requests
        return answered.map { .success(.notModified(etag: $0.key.service)) }
    }

    func documents(below prefix: DocumentPrefix) async throws(RegistryClientError) -> [DocumentKey] { [] }

    func watch(
        _ selection: WatchSelection, known: [DocumentKey: Int64], _ handle: (WatchMessage) throws -> Void
    ) async throws {}
}
