import AsyncSupport
import Synchronization
import TestSupport
import Testing

/// What runs calls for others, under many tasks that are cancelled at any point.
@Suite(.timeLimit(.minutes(1))) struct CallStressTests {
    private struct Refused: Error {}

    @Test(arguments: Crowd.seeds) func oneCallAtATimeServesAllThatWantIt(_ seed: UInt64) async throws {
        let calls = Atomic(0)
        let running = Mutex(Set<Int>())
        let flights = SingleFlight<Int, Int, Refused> { (key: Int) async throws(Refused) -> Int in
            let isAlone = running.withLock { $0.insert(key).inserted }
            #expect(isAlone, "Two calls for one key are under way.")
            let number = calls.add(1, ordering: .relaxed).newValue
            for _ in 0..<number % 7 { await Task.yield() }
            _ = running.withLock { $0.remove(key) }
            if number.isMultiple(of: 5) { throw Refused() }
            return number
        }
        let served = await Crowd.run(300, seed: seed) { member -> Bool in
            let key = Int.random(in: 0..<4, using: &member.random)
            await member.pause()
            if member.isOne(of: 5) { flights.refresh(key) }
            let (joinsRunning, calledAt) = (member.isOne(of: 2), ContinuousClock.now)
            guard let reading = try? await flights.value(for: key, joinsRunning: joinsRunning) else { return false }
            #expect(joinsRunning || reading.beganAt >= calledAt, "The call began before it was wanted.")
            return true
        }
        #expect(served.contains(true) && calls.load(ordering: .relaxed) <= 300 + 300)
        // Nothing is left to join: each of these makes a call of its own.
        for key in 0..<4 {
            let before = calls.load(ordering: .relaxed)
            try await eventually("the last call to end") { running.withLock { !$0.contains(key) } }
            _ = try? await flights.value(for: key, joinsRunning: false)
            #expect(calls.load(ordering: .relaxed) > before)
        }
    }

    @Test(arguments: Crowd.seeds) func aTimeLimitEndsWhatItLimits(_ seed: UInt64) async {
        let begun = Atomic(0)
        let ended = Atomic(0)
        let outcomes = await Crowd.run(200, seed: seed) { member -> String in
            let limit = Duration.microseconds(Int.random(in: -50...1_500, using: &member.random))
            let work = Duration.microseconds(Int.random(in: 0...1_500, using: &member.random))
            let (isRefused, isDeaf) = (member.isOne(of: 5), member.isOne(of: 5))
            do {
                return try await withTimeout(limit) {
                    begun.add(1, ordering: .relaxed)
                    defer { ended.add(1, ordering: .relaxed) }
                    if isDeaf { await Task.yield() } else { try await Task.sleep(for: work) }
                    if isRefused { throw Refused() }
                    return "done"
                }
            } catch is TimeoutError {
                return "late"
            } catch is CancellationError {
                return member.isCancelled ? "cancelled" : "cancelled by nothing"
            } catch {
                return "\(error)"
            }
        }
        #expect(Set(outcomes).isSubset(of: ["done", "late", "cancelled", "\(Refused())"]))
        #expect(begun.load(ordering: .relaxed) == ended.load(ordering: .relaxed))
    }

    @Test(arguments: Crowd.seeds) func aTaskThatIsWaitedForGoesOn(_ seed: UInt64) async throws {
        let ended = Counters(0)
        let values = await Crowd.run(200, seed: seed) { member -> (number: Int, value: Int?) in
            let number = member.number
            let work = Duration.microseconds(Int.random(in: 0...1_000, using: &member.random))
            let task = Task {
                try? await Task.sleep(for: work)
                if !Task.isCancelled { ended.count { $0 += 1 } }
                return number
            }
            return (number, await task.value(within: .microseconds(Int.random(in: 0...1_000, using: &member.random))))
        }
        #expect(values.allSatisfy { $0.value == nil || $0.value == $0.number })
        try await eventually("all tasks to end") { ended.value == 200 }
    }

    @Test(arguments: Crowd.seeds) func anActorOnAQueueRunsOneJobAtATime(_ seed: UInt64) async {
        let account = Account()
        _ = await Crowd.run(300, seed: seed) { member in
            await member.pause()
            await account.deposit()
        }
        #expect(await account.balance == 300)
    }

    @Test(arguments: Crowd.seeds) func noCountIsLost(_ seed: UInt64) async {
        let counters = Counters((even: 0, odd: 0))
        _ = await Crowd.run(300, seed: seed) { member in
            await member.pause()
            let isEven = member.number.isMultiple(of: 2)
            counters.count { if isEven { $0.even += 1 } else { $0.odd += 1 } }
        }
        let value = counters.value
        #expect(value.even == 150 && value.odd == 150)
    }
}

/// An actor whose jobs run on a thread of its own.
private actor Account {
    private nonisolated let executor = QueueExecutor(label: "configbus.tests.account")
    private(set) var balance = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    func deposit() {
        executor.checkIsolated()
        let before = balance
        balance = before + 1
    }
}
