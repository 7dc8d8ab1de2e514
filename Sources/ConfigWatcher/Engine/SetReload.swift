import ConfigModel
import Synchronization
import WatcherCore

/// Makes the reloads of several documents as one: versions that were published together all, or none of them.
struct SetReload {
    /// In the order of their documents.
    let members: [SetGate.Member]
    /// Readers of several documents see all of them before or after.
    let swaps: SwapLock
    /// Is called when one was refused for a reason of its own, before that is reported.
    let onRefusal: @Sendable (SetGate.Member) -> Void

    func run() async {
        var reloads: [any PreparedReload] = []
        for member in members { reloads.append(await member.pipeline.prepare(member.job)) }
        let invalid = reloads.indices.filter { reloads[$0].verdict != nil }
        for index in invalid { await refuse(&reloads, because: index) }
        for index in reloads.indices where reloads[index].verdict == nil {
            await reloads[index].callHandlers()
            if reloads[index].verdict != nil { await refuse(&reloads, because: index) }
        }
        swaps.whole {
            for index in reloads.indices { reloads[index].publish() }
        }
        await finish(reloads)
    }

    /// Takes back what belongs to a reload that was refused, the last first. Nothing is left of what was done for it.
    private func refuse(_ reloads: inout [any PreparedReload], because culprit: Int) async {
        onRefusal(members[culprit])
        let (own, isTransient, kind) = reloads[culprit].refusal
        let bonds = SetBonds(members)
        for (index, lack) in bonds.dependents(of: culprit) {
            let cause = lack.member == culprit ? own : "Because of \(members[culprit].pipeline.key): \(own)"
            await reloads[index].takeBack(
                reason: "\(lack.description), was refused: \(cause)", isTransient: isTransient, kind: kind)
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

    /// Runs `body` while no other swap or read of several documents runs.
    func whole<Result: Sendable>(_ body: () -> Result) -> Result { lock.withLock { _ in body() } }
}

extension PreparedReload {
    /// Why it was refused, and whether the cause passes by itself.
    fileprivate var refusal: (reason: String, isTransient: Bool, kind: RejectionKind) {
        switch verdict {
        case .invalid(let reason, let kind)?: (reason, false, kind)
        case .refused(let reason, let isTransient, let kind)?: (reason, isTransient, kind)
        case .abandoned?: ("The watcher was stopped during the reload.", true, .other)
        case .applied?, nil: ("", false, .other)
        }
    }
}
