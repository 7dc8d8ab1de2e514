import AsyncSupport
import Synchronization
import TestSupport
import Testing

/// Every type that waits, under many tasks that come, give up and are cancelled at any point: each wait ends once, and nothing
/// is lost. A continuation that were resumed twice would end the process; one that were not would keep the test from ending.
@Suite(.timeLimit(.minutes(1))) struct WaitingStressTests {
    /// Two tasks that wake each other by turns: one signal that is lost would leave both waiting.
    @Test(arguments: Crowd.seeds) func noSignalIsLost(_ seed: UInt64) async {
        let (asked, responded) = (WakeSignal(), WakeSignal())
        let rounds = Atomic(0)
        let responder = Task {
            var random = SeededGenerator(seed: seed)
            for round in 1...2_000 {
                // First for a moment, and perhaps cancelled: what ends such a wait must not take a signal from the next.
                if Int.random(in: 0..<2, using: &random) == 0 {
                    let limit = Duration.microseconds(Int.random(in: -5...60, using: &random))
                    let wait = Task { await asked.wait(atMost: limit) }
                    if Int.random(in: 0..<3, using: &random) == 0 { wait.cancel() }
                    await wait.value
                }
                while rounds.load(ordering: .acquiring) < round { await asked.wait() }
                responded.signal()
            }
        }
        var random = SeededGenerator(seed: seed &+ 1)
        for round in 1...2_000 {
            for _ in 0..<Int.random(in: 0...3, using: &random) { await Task.yield() }
            rounds.store(round, ordering: .releasing)
            asked.signal()
            await responded.wait()
        }
        await responder.value
    }

    /// Nothing signals, resolves or releases: a wait ends because its task is cancelled or its time is over, also when both
    /// came before it began.
    @Test(arguments: Crowd.seeds) func cancellingOrTimeAloneEndsAWait(_ seed: UInt64) async {
        let lock = KeyedLock<Int>(maximumWaiting: 1_000)
        let completion = Completion<Int>()
        #expect(await lock.acquire(0, until: .now) == .granted)
        let areOver = await Crowd.run(300, seed: seed) { member -> Bool in
            await member.pause()
            let time = Duration.microseconds(Int.random(in: -50...500, using: &member.random))
            let limit: Duration? = member.isCancelled ? nil : time
            switch member.number % 3 {
            case 0:
                let signal = WakeSignal()
                if let limit { await signal.wait(atMost: limit) } else { await signal.wait() }
                return true
            case 1:
                let value = if let limit { await completion.wait(atMost: limit) } else { await completion.wait() }
                return value == nil
            default:
                return await lock.acquire(0, until: .now + (limit ?? .seconds(3_600))) == .gaveUp
            }
        }
        #expect(areOver.allSatisfy { $0 } && lock.waiting(for: 0) == 0)
        lock.release(0)
        #expect(await lock.acquire(0, until: .now - .seconds(1)) == .granted)
    }

    @Test(arguments: Crowd.seeds) func aValueIsSetOnceAndReachesAllThatWait(_ seed: UInt64) async {
        let completion = Completion<Int>()
        let results = await Crowd.run(300, seed: seed) { member -> (isSure: Bool, value: Int?) in
            await member.pause()
            if member.number.isMultiple(of: 50) { completion.resolve(member.number) }
            if member.isOne(of: 3) {
                return (
                    false, await completion.wait(atMost: .microseconds(Int.random(in: 0...500, using: &member.random)))
                )
            }
            return (!member.isCancelled, await completion.wait())
        }
        let value = completion.current
        #expect(value != nil)
        #expect(results.allSatisfy { $0.value == value || ($0.value == nil && !$0.isSure) })
    }

    @Test(arguments: Crowd.seeds) func aLockHasOneHolderAndIsFreeInTheEnd(_ seed: UInt64) async {
        let lock = KeyedLock<Int>(maximumWaiting: 40)
        let held = Mutex(Set<Int>())
        let results = await Crowd.run(300, seed: seed) { member -> (isSure: Bool, KeyedLock<Int>.Acquisition) in
            let key = Int.random(in: 0..<4, using: &member.random)
            await member.pause()
            let isBrief = member.isOne(of: 3)
            let limit: Duration =
                isBrief ? .microseconds(Int.random(in: -50...500, using: &member.random)) : .seconds(3_600)
            let acquisition = await lock.acquire(key, until: .now + limit)
            if acquisition == .granted {
                let isAlone = held.withLock { $0.insert(key).inserted }
                #expect(isAlone, "Another task holds the lock.")
                await member.pause()
                _ = held.withLock { $0.remove(key) }
                lock.release(key)
            }
            return (!isBrief && !member.isCancelled, acquisition)
        }
        #expect(results.allSatisfy { !$0.isSure || $0.1 != .gaveUp })
        #expect(results.contains { $0.1 == .granted })
        for key in 0..<4 {
            #expect(lock.waiting(for: key) == 0)
            // A deadline that has passed: only a lock that is free is granted.
            #expect(await lock.acquire(key, until: .now - .seconds(1)) == .granted)
        }
    }

    /// The lock is released while another caller is between asking for it and waiting for it.
    @Test(arguments: Crowd.seeds) func aLockThatIsReleasedAtOnceIsGivenOn(_ seed: UInt64) async {
        let lock = KeyedLock<Int>(maximumWaiting: 1_000)
        let granted = await Crowd.run(50, seed: seed) { member -> Int in
            var granted = 0
            for _ in 0..<100 where await lock.acquire(0, until: .now + .seconds(3_600)) == .granted {
                granted += 1
                lock.release(0)
            }
            return member.isCancelled ? 100 : granted
        }
        #expect(granted.allSatisfy { $0 == 100 })
    }

    @Test(arguments: Crowd.seeds) func waitersLeaveInTheirOrderAndEachOnce(_ seed: UInt64) async {
        let line = Line()
        let server = Task {
            while !Task.isCancelled {
                line.serve()
                await Task.yield()
            }
        }
        let results = await Crowd.run(300, seed: seed) { member -> (isSure: Bool, arrival: Int?, service: Int?) in
            await member.pause()
            let place = await line.wait()
            return (!member.isCancelled, place.arrival, place.service)
        }
        server.cancel()
        await server.value
        #expect(results.allSatisfy { $0.service != nil || !$0.isSure })
        // In the order in which they came, those that were served were served in the order of 1, 2, 3 ...
        let served = results.filter { $0.service != nil }.sorted { ($0.arrival ?? 0) < ($1.arrival ?? 0) }
        #expect(served.map(\.service) == (1...served.count).map { $0 })
        #expect(line.state.withLock { $0.queue.count == 0 && $0.queue.popFirst() == nil })
    }

    @Test(arguments: Crowd.seeds) func eachMomentComesOnceAndNotEarly(_ seed: UInt64) async throws {
        let timer = DeadlineTimer<(number: Int, moment: ContinuousClock.Instant)>()
        let arrived = Mutex([Int]())
        let running = Task {
            await timer.run { element in
                #expect(element.moment <= .now)
                arrived.withLock { $0.append(element.number) }
            }
        }
        _ = await Crowd.run(300, seed: seed) { member in
            await member.pause()
            let moment = ContinuousClock.now + .microseconds(Int.random(in: -1_000...50_000, using: &member.random))
            timer.add((member.number, moment), at: moment)
        }
        try await eventually("all moments") { arrived.withLock { $0.count } == 300 }
        running.cancel()
        await running.value
        #expect(arrived.withLock { $0.sorted() } == Array(0..<300))
    }
}

/// A queue of waiters as the types of the module use it: served from outside, left by those that are cancelled.
private final class Line: Sendable {
    struct State {
        var queue = WaiterQueue<Int?>()
        var nextTicket = 0
        var arrived = 0
        /// How many were served; each gets the number at which it was.
        var served = 0
    }

    let state = Mutex(State())

    /// The caller's place among all that came, and among those that were served.
    func wait() async -> (arrival: Int?, service: Int?) {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        let arrival = Mutex<Int?>(nil)
        let service = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let isOver = state.withLock { state in
                    if Task.isCancelled { return true }
                    state.arrived += 1
                    arrival.withLock { $0 = state.arrived }
                    state.queue.append(waiter, ticket: ticket)
                    return false
                }
                if isOver { waiter.resume(returning: nil) }
            }
        } onCancel: {
            state.withLock { $0.queue.remove(ticket: ticket) }?.resume(returning: nil)
        }
        return (arrival.withLock { $0 }, service)
    }

    /// Serves the one that has waited longest.
    func serve() {
        let next = state.withLock { state -> (CheckedContinuation<Int?, Never>, Int)? in
            guard let waiter = state.queue.popFirst() else { return nil }
            state.served += 1
            return (waiter, state.served)
        }
        if let (waiter, service) = next { waiter.resume(returning: service) }
    }
}
