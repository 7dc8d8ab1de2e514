/// Calls handlers one after the other, and takes back what they did when too few succeed.
struct HandlerRun<Value: Sendable>: Sendable {
    let policy: HandlerPolicy
    let stuck: StuckCalls<Value>

    struct Summary: Sendable {
        var outcomes: [HandlerOutcome] = []
        /// nil when enough handlers succeeded.
        var refusal: String?
    }

    /// Brings the application from `old` to `new`; with a refusal it is back at `old`, as far as the handlers can go back.
    func call(_ handlers: [ReloadHandler<Value>], old: Value?, new: Value) async -> Summary {
        var summary = Summary()
        var called: [Called] = []
        for handler in handlers {
            if stuck.contains(handler) {
                summary.outcomes.append(HandlerOutcome(name: handler.name, result: .stuck))
                continue
            }
            let outcome = await call(handler, from: old, to: new)
            called.append(Called(handler: handler, place: summary.outcomes.count, result: outcome.result))
            summary.outcomes.append(outcome)
            if Task.isCancelled {
                summary.refusal = "The watcher was stopped during the reload."
                return summary
            }
            if policy == .all, outcome.result != .success { break }
        }
        summary.refusal = refusal(called, summary.outcomes)
        if summary.refusal != nil, let old { await undo(called, from: new, to: old, &summary.outcomes) }
        return summary
    }

    /// Calls one handler and waits until it has ended, at most two time limits.
    func call(_ handler: ReloadHandler<Value>, from old: Value?, to new: Value) async -> HandlerOutcome {
        let call = HandlerCall { try await handler.body(old, new) }
        switch await call.result(within: handler.timeout) {
        case .success: return HandlerOutcome(name: handler.name, result: .success)
        case .failure(let failure):
            return HandlerOutcome(name: handler.name, result: .failed, reason: failure.description)
        case nil: break
        }
        call.cancel()
        let reason = "It did not return within \(handler.timeout)."
        if Task.isCancelled { return HandlerOutcome(name: handler.name, result: .failed, reason: "It was cancelled.") }
        guard await call.result(within: handler.timeout) == nil, !Task.isCancelled else {
            return HandlerOutcome(name: handler.name, result: .timeout, reason: reason)
        }
        stuck.add(.init(handler: handler, call: call, attempted: new))
        return HandlerOutcome(name: handler.name, result: .timeout, reason: reason + " It is stuck.")
    }

    private struct Called {
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
            return "Refused by \(cause)"
        case .fraction(let fraction):
            let succeeded = called.count - failed.count
            guard Double(succeeded) < fraction * Double(called.count) else { return nil }
            return "Only \(succeeded) of \(called.count) handlers succeeded; first \(cause)"
        }
    }

    /// The failed ones first, then the others, the last one first. A stuck one is told when it returns.
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
