import Synchronization
import WatcherCore

/// Makes the reloads of several documents as one: all of them, or none.
struct SetReload {
    /// In the order of their documents.
    let members: [SetGate.Member]
    /// Readers of several documents see all of them before or after.
    let swaps: SwapLock

    func run() async {
        var reloads: [any PreparedReload] = []
        for member in members { reloads.append(await member.pipeline.prepare(member.job)) }
        if await callHandlers(&reloads) {
            swaps.whole {
                for index in reloads.indices { reloads[index].publish() }
            }
        }
        await finish(reloads)
    }

    /// False when something was refused: then nothing is left of what was done.
    private func callHandlers(_ reloads: inout [any PreparedReload]) async -> Bool {
        if let index = reloads.firstIndex(where: { $0.verdict != nil }) {
            await refuse(&reloads, because: index)
            return false
        }
        for index in reloads.indices {
            await reloads[index].callHandlers()
            guard reloads[index].verdict == nil else {
                await refuse(&reloads, because: index)
                return false
            }
        }
        return true
    }

    /// Takes back what was done, the last first.
    private func refuse(_ reloads: inout [any PreparedReload], because index: Int) async {
        let (own, mayPass) = reloads[index].refusal
        let reason = "\(members[index].pipeline.key), which was published together with it, was refused: \(own)"
        for other in reloads.indices.reversed() where other != index {
            await reloads[other].takeBack(reason: reason, mayPass: mayPass)
        }
    }

    private func finish(_ reloads: [any PreparedReload]) async {
        var stuck: [(WatchPipeline, [HandlerCall])] = []
        for (member, reload) in zip(members, reloads) {
            let (report, calls) = reload.finished()
            member.pipeline.receive(.finished(report))
            stuck.append((member.pipeline, calls))
        }
        await withDiscardingTaskGroup { group in
            for (pipeline, calls) in stuck where !calls.isEmpty { group.addTask { await pipeline.wait(for: calls) } }
        }
    }
}

/// Keeps readers of several documents apart from the moment at which several become visible.
final class SwapLock: Sendable {
    private let lock = Mutex(())

    /// Nothing becomes visible meanwhile, or nothing else is read.
    func whole<Result: Sendable>(_ body: () -> Result) -> Result { lock.withLock { _ in body() } }
}

extension PreparedReload {
    /// Why it was refused, and whether the cause passes by itself.
    fileprivate var refusal: (reason: String, mayPass: Bool) {
        switch verdict {
        case .invalid(let reason)?: (reason, false)
        case .refused(let reason, let mayPass)?: (reason, mayPass)
        case .abandoned?: ("The watcher was stopped during the reload.", true)
        case .applied?, nil: ("", false)
        }
    }
}
