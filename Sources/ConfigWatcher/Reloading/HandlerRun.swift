import ConfigModel
import Tracing
import WatcherCore

/// Calls handlers one after the other, and takes back what they did when too few succeed.
struct HandlerRun<Value: Sendable>: Sendable {
    let policy: HandlerPolicy
    let stuck: StuckCalls<Value>
    var tracer: (any Tracer)?

    struct Summary: Sendable {
        var outcomes: [HandlerOutcome] = []
        /// nil when enough handlers succeeded.
        var refusal: String?
        /// The same for a program; without a refusal it means nothing.
        var kind = RejectionKind.other
        /// The cause passes by itself.
        var isTransient = false

        /// The same with no secret in a reason: what handlers throw may hold what they were called with.
        func redacted(_ secrets: ResolvedSecrets) -> Summary {
            guard !secrets.isEmpty else { return self }
            var summary = self
            summary.refusal = refusal.map(secrets.redacted)
            summary.outcomes = outcomes.map { outcome in
                HandlerOutcome(
                    name: outcome.name, result: outcome.result, reason: outcome.reason.map(secrets.redacted))
            }
            return summary
        }
        /// What has to be undone when something else is refused.
        fileprivate var called: [Called] = []
    }

    /// Why a version is not tried again: a handler took too long with it, and has not returned. What it would do with the
    /// version is not known, and leaving it out would apply what it did not agree to.
    func refusal(of layers: DocumentLayers, _ handlers: [ReloadHandler<Value>]) -> Summary? {
        guard let handler = handlers.first(where: { $0.undoes && stuck.contains($0, on: layers) }) else { return nil }
        var summary = Summary()
        summary.outcomes.append(HandlerOutcome(name: handler.name, result: .stuck))
        summary.refusal = "'\(handler.name)' has not returned from this version."
        summary.kind = .stuck
        return summary
    }

    /// Brings the application from `old` to `new`; with a refusal it is back at `old`, as far as the handlers can go back, unless
    /// the watcher was stopped meanwhile.
    ///
    /// - Parameter layers: what `new` was made of.
    func call(
        _ handlers: [ReloadHandler<Value>], old: Value?, new: Value, of layers: DocumentLayers? = nil
    ) async -> Summary {
        var summary = Summary()
        var called: [Called] = []
        for handler in handlers {
            if stuck.contains(handler) {
                summary.outcomes.append(HandlerOutcome(name: handler.name, result: .stuck))
                if handler.undoes { continue }
                // There is no other to make the version take effect.
                summary.refusal = "'\(handler.name)' has not returned from an earlier version."
                summary.kind = .stuck
                summary.isTransient = true
                break
            }
            let (outcome, failure) = await attempt(handler, from: old, to: new, of: layers)
            summary.isTransient = summary.isTransient || failure?.isTransient ?? false
            if called.allSatisfy({ $0.result == .success }) { summary.kind = failure?.kind ?? .timeout }
            called.append(Called(handler: handler, place: summary.outcomes.count, result: outcome.result))
            summary.outcomes.append(outcome)
            if Task.isCancelled {
                summary.refusal = "The watcher was stopped during the reload."
                return summary
            }
            if policy == .all, outcome.result != .success { break }
        }
        summary.called = called
        summary.refusal = summary.refusal ?? refusal(called, summary.outcomes)
        if summary.refusal != nil, let old { await undo(called, from: new, to: old, &summary.outcomes) }
        return summary
    }

    /// Brings the application back to `old` after a call that was not refused, as far as the handlers can go back.
    func takeBack(_ summary: inout Summary, from new: Value, to old: Value?) async {
        guard summary.refusal == nil, let old else { return }
        await undo(summary.called, from: new, to: old, &summary.outcomes)
    }

    /// Calls one handler and waits until it has ended, at most two time limits.
    func call(_ handler: ReloadHandler<Value>, from old: Value?, to new: Value) async -> HandlerOutcome {
        await attempt(handler, from: old, to: new).outcome
    }

    /// The same; also returns what the handler threw, if it did.
    private func attempt(
        _ handler: ReloadHandler<Value>, from old: Value?, to new: Value, of layers: DocumentLayers? = nil
    ) async -> (outcome: HandlerOutcome, failure: HandlerFailure?) {
        let call = HandlerCall { [tracer] in
            try await ReloadSpan.calling(handler.name, tracer) { try await handler.body(old, new) }
        }
        switch await call.result(within: handler.timeout) {
        case .success: return (HandlerOutcome(name: handler.name, result: .success), nil)
        case .failure(let failure):
            return (HandlerOutcome(name: handler.name, result: .failed, reason: failure.description), failure)
        case nil: return (await late(call, handler, new, layers), nil)
        }
    }

    /// The end of a call that took too long.
    private func late(
        _ call: HandlerCall, _ handler: ReloadHandler<Value>, _ new: Value, _ layers: DocumentLayers?
    ) async -> HandlerOutcome {
        call.cancel()
        let reason = "It did not return within \(handler.timeout.words)."
        if Task.isCancelled { return HandlerOutcome(name: handler.name, result: .failed, reason: "It was cancelled.") }
        guard await call.result(within: handler.timeout) == nil, !Task.isCancelled else {
            return HandlerOutcome(name: handler.name, result: .timeout, reason: reason)
        }
        stuck.add(.init(handler: handler, call: call, attempted: new, layers: layers))
        return HandlerOutcome(name: handler.name, result: .timeout, reason: reason + " It is stuck.")
    }

    fileprivate struct Called: Sendable {
        let handler: ReloadHandler<Value>
        /// In the outcomes.
        let place: Int
        let result: HandlerOutcome.Result
    }

    private func refusal(_ called: [Called], _ outcomes: [HandlerOutcome]) -> String? {
        let failed = called.filter { $0.result != .success }
        guard let first = failed.first else { return nil }
        let cause = "handler '\(first.handler.name)': \(outcomes[first.place].reason ?? first.result.rawValue)"
        switch policy {
        case .all:
            // What cannot be taken back is the one thing that is done, and says by itself what it is.
            guard first.handler.undoes else { return outcomes[first.place].reason ?? first.result.rawValue }
            return "Refused by \(cause)"
        case .fraction(let fraction):
            let succeeded = called.count - failed.count
            // A quotient is rounded as the fraction was when it was written: 11 of 20 are 0.55.
            guard Double(succeeded) / Double(called.count) < fraction else { return nil }
            return "Only \(succeeded) of \(called.count) handlers succeeded; first \(cause)"
        }
    }

    /// The failed ones first, then the others, the last one first. A stuck one is called when it returns.
    private func undo(
        _ called: [Called], from new: Value, to old: Value, _ outcomes: inout [HandlerOutcome]
    ) async {
        let failed = called.filter { $0.result != .success }
        let succeeded = called.filter { $0.result == .success }
        for entry in failed.reversed() + succeeded.reversed() where entry.handler.undoes {
            guard !stuck.contains(entry.handler) else { continue }
            let outcome = await call(entry.handler, from: new, to: old)
            guard outcome.result != .success else { continue }
            let reasons = [outcomes[entry.place].reason, "Undoing it failed: \(outcome.reason ?? "no reason")"]
            outcomes[entry.place] = HandlerOutcome(
                name: entry.handler.name, result: entry.result, reason: reasons.compactMap { $0 }.joined(separator: " ")
            )
        }
    }
}
