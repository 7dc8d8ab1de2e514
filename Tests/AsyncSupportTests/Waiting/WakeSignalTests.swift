import AsyncSupport
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct WakeSignalTests {
    private let signal = WakeSignal()

    @Test func aSignalThatCameBeforeIsKept() async {
        signal.signal()
        signal.signal()
        await signal.wait()
    }

    @Test(arguments: [false, true])
    func aSignalEndsAWait(_ isLimited: Bool) async throws {
        let wait = Task { [signal] in
            if isLimited { await signal.wait(atMost: .seconds(3_600)) } else { await signal.wait() }
        }
        // Whether it waits already or not: it is woken.
        signal.signal()
        await wait.value
    }

    @Test(arguments: [false, true])
    func cancellingEndsAWait(_ isLimited: Bool) async {
        let wait = Task { [signal] in
            if isLimited { await signal.wait(atMost: .seconds(3_600)) } else { await signal.wait() }
        }
        wait.cancel()
        await wait.value
    }

    @Test(arguments: [Duration.zero, .milliseconds(1), .seconds(-1)])
    func theTimeEndsAWait(_ time: Duration) async { await signal.wait(atMost: time) }

    /// A wait that ended by time or by cancelling leaves nothing behind that the next would take for a signal.
    @Test func whatEndsAWaitIsNoSignal() async throws {
        await signal.wait(atMost: .milliseconds(1))
        let cancelled = Task { [signal] in await signal.wait() }
        cancelled.cancel()
        await cancelled.value
        let ended = Gate()
        ended.open()
        await withDiscardingTaskGroup { [signal] group in
            group.addTask {
                await signal.wait()
                await ended.pass()
            }
            for _ in 0..<50 { await Task.yield() }
            #expect(ended.arrivals == 0)
            signal.signal()
        }
    }

    /// As many signals as waits, given when each wait is known to be there or not: none is lost.
    @Test func noSignalIsLost() async {
        await withDiscardingTaskGroup { [signal] group in
            let answered = WakeSignal()
            group.addTask {
                for _ in 0..<2_000 {
                    await signal.wait(atMost: .seconds(3_600))
                    answered.signal()
                }
            }
            for _ in 0..<2_000 {
                signal.signal()
                await answered.wait()
            }
        }
    }

    @Test func aSecondWaitSendsTheFirstOn() async {
        await withTaskGroup { [signal] group in
            for _ in 0..<2 { group.addTask { await signal.wait() } }
            await group.next()
            signal.signal()
            await group.waitForAll()
        }
    }
}
