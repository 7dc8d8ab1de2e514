import ConfigModel
import RegistryClient
import Synchronization
import TestSupport
import Testing

@testable import ConfigWatcher

/// A process that follows many documents makes a few calls at a time, and asks many things with one.
@Suite("Questions at the same time", .timeLimit(.minutes(1)))
struct HeadReadsTests {
    private let registry = GatedRegistry()

    @Test("no more calls than the limit are under way, and what waited meanwhile goes together")
    func together() async throws {
        try await running { reads in
            try await withThrowingTaskGroup { group in
                try await occupy(reads, &group)
                for number in 0..<1_000 { group.addTask { try await reads.ask("waiting-\(number)") } }
                try await eventually("all wait") { reads.waiting == 1_000 }
                registry.gate.open()
                try await group.waitForAll()
            }
        }
        #expect(registry.mostUnderWay == HeadReads.calls)
        #expect(registry.questions.prefix(HeadReads.calls).allSatisfy { $0.count == 1 })
        let batches = registry.questions.dropFirst(HeadReads.calls).map(\.count)
        #expect(batches.reduce(0, +) == 1_000 && batches.count == 4 && batches.max() == HeadReads.largestBatch)
    }

    @Test("everybody gets the answer to the own question")
    func answers() async throws {
        registry.gate.open()
        try await running { reads in
            try await withThrowingTaskGroup { group in
                for number in 0..<1_000 {
                    group.addTask {
                        let answer = try await reads.ask("s\(number)")
                        #expect(answer == .notModified(etag: "s\(number)"))
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("who wants the store's answer does not share a call with others")
    func freshness() async throws {
        try await running { reads in
            try await withThrowingTaskGroup { group in
                try await occupy(reads, &group)
                for isFresh in [true, false, true] {
                    let before = reads.waiting
                    for _ in 0..<3 { group.addTask { try await reads.ask("a", isFresh: isFresh) } }
                    try await eventually("they wait") { reads.waiting == before + 3 }
                }
                registry.gate.open()
                try await group.waitForAll()
            }
        }
        #expect(registry.questions.dropFirst(HeadReads.calls).map(\.count) == [3, 3, 3])
    }

    @Test("who is cancelled waits no more, in the line and during the call, and takes nobody's place")
    func cancellation() async throws {
        try await running { reads in
            try await withThrowingTaskGroup { group in
                try await occupy(reads, &group)
                let (first, second) = (Task { try await reads.ask("x") }, Task { try await reads.ask("y") })
                group.addTask { try await reads.ask("z") }
                try await eventually("they wait") { reads.waiting == 3 }
                first.cancel()
                await #expect(throws: RegistryClientError.self) { try await first.value }
                registry.gate.letPass(1)
                try await eventually("they are asked") { registry.questions.last?.count == 2 }
                second.cancel()
                await #expect(throws: RegistryClientError.self) { try await second.value }
                registry.gate.open()
                try await group.waitForAll()
            }
        }
    }

    @Test(
        "a registry that takes no questions together is asked one by one, and tried again from time to time",
        arguments: [.notFound, .forbidden, .refused] as [RegistryClientError.Code])
    func oneByOne(code: RegistryClientError.Code) async throws {
        registry.refuseTogether(code)
        try await running { reads in
            try await withThrowingTaskGroup { group in
                try await occupy(reads, &group)
                for number in 0..<600 { group.addTask { try await reads.ask("waiting-\(number)") } }
                try await eventually("all wait") { reads.waiting == 600 }
                registry.gate.open()
                try await group.waitForAll()
            }
        }
        #expect(registry.questions.count { $0.count == 1 } == HeadReads.calls + 600)
        #expect((2...8).contains(registry.questions.count { $0.count > 1 }))
        #expect(registry.mostUnderWay == HeadReads.calls)
    }

    @Test("a call that fails fails for all who share it, and the next ones are asked")
    func failure() async throws {
        registry.refuseTogether(.unreachable)
        try await running { reads in
            try await withThrowingTaskGroup(of: HeadAnswer?.self) { group in
                for _ in 0..<HeadReads.calls { group.addTask { try await reads.ask("a") } }
                try await eventually("the calls are taken") { registry.gate.arrivals == HeadReads.calls }
                for _ in 0..<5 { group.addTask { try? await reads.ask("b") } }
                try await eventually("they wait") { reads.waiting == 5 }
                registry.gate.open()
                var failures = 0
                for try await answer in group where answer == nil { failures += 1 }
                #expect(failures == 5)
                #expect(try await reads.ask("c") == .notModified(etag: "c"))
            }
        }
    }

    /// Takes all calls.
    private func occupy(
        _ reads: HeadReads, _ group: inout ThrowingTaskGroup<HeadAnswer, any Error>
    ) async throws {
        for _ in 0..<HeadReads.calls { group.addTask { try await reads.ask("first") } }
        try await eventually("the calls are taken") { registry.gate.arrivals == HeadReads.calls }
    }

    private func running(_ body: (HeadReads) async throws -> Void) async throws {
        let reads = HeadReads(registry)
        try await withThrowingTaskGroup { group in
            group.addTask { await reads.run() }
            defer { group.cancelAll() }
            try await body(reads)
        }
    }
}

extension HeadReads {
    @discardableResult
    fileprivate func ask(_ service: String, isFresh: Bool = false) async throws -> HeadAnswer {
        try await head(HeadQuestion(DocumentKey(service: service)), isFresh: isFresh)
    }
}

/// A registry that answers, with the name of the service as an ETag, once its gate lets it.
private final class GatedRegistry: RegistryReading {
    private struct State {
        var questions: [[HeadQuestion]] = []
        var underWay = 0
        var mostUnderWay = 0
        var refusal: RegistryClientError.Code?
    }

    let gate = Gate()
    private let state = Mutex(State())

    /// What was asked with each call.
    var questions: [[HeadQuestion]] { state.withLock { $0.questions } }
    var mostUnderWay: Int { state.withLock { $0.mostUnderWay } }

    func refuseTogether(_ code: RegistryClientError.Code) { state.withLock { $0.refusal = code } }

    func readHeads(
        _ questions: [HeadQuestion], isFresh: Bool
    ) async throws(RegistryClientError) -> [RegistryClient.HeadResult] {
        let refusal = state.withLock { state in
            state.questions.append(questions)
            state.underWay += 1
            state.mostUnderWay = max(state.mostUnderWay, state.underWay)
            return questions.count > 1 ? state.refusal : nil
        }
        await gate.pass()
        state.withLock { $0.underWay -= 1 }
        if let refusal { throw RegistryClientError(refusal, "Not together.") }
        return questions.map { .success(.notModified(etag: $0.key.service)) }
    }

    func watch(
        _ selection: WatchSelection, known: [DocumentKey: Int64], _ handle: (WatchMessage) throws -> Void
    ) async throws {}
}
