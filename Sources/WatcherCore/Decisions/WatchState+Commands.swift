/// A call of `reload` that waits until every document has been read.
struct WaitingDemand: Sendable {
    let ticket: Int
    let isForced: Bool
    let trigger: ReloadTrigger
    var missing: [Layer: Int]
    var failure: String?
}

extension WatchState {
    mutating func obey(_ command: WatcherCommand, at now: Instant) -> [WatchAction] {
        switch command {
        case .reload(let isForced, let trigger, let ticket):
            looks.all(trigger)
            return demand(isForced: isForced, trigger, ticket: ticket, at: now)
        case .rollback(let target, let ticket):
            return reloads.rollback(to: target, ticket: ticket, at: now)
        case .reapply(let ticket):
            return reloads.reapply(ticket: ticket, at: now)
        case .pause:
            return reloads.pause(at: now)
        case .resume:
            return reloads.resume(at: now)
        }
    }

    mutating func stop() -> [WatchAction] {
        let error = WatcherError(.notRunning, "The watcher of \(key) stopped.")
        let waiting = demands.map { WatchAction.complete(ticket: $0.ticket, .failure(error)) }
        demands = []
        return waiting + reloads.stop()
    }

    private mutating func demand(
        isForced: Bool, _ trigger: ReloadTrigger, ticket: Int, at now: Instant
    ) -> [WatchAction] {
        guard !reloads.isStopping else {
            let error = WatcherError(.notRunning, "The watcher of \(key) stopped.")
            return [.complete(ticket: ticket, .failure(error))]
        }
        var demand = WaitingDemand(ticket: ticket, isForced: isForced, trigger: trigger, missing: [:], failure: nil)
        let actions = everyLayer(at: now) { [key = key] proof in
            let (number, actions) = proof.demand(isForced: isForced, at: now)
            demand.missing[proof.key == key ? .main : .base] = number
            return actions
        }
        demands.append(demand)
        return actions
    }

    mutating func answerDemands(
        _ number: Int, _ layer: Layer, failure: String?, at now: Instant
    ) -> [WatchAction] {
        for index in demands.indices where demands[index].missing[layer].map({ $0 <= number }) ?? false {
            demands[index].missing[layer] = nil
            demands[index].failure = demands[index].failure ?? failure
        }
        let complete = demands.filter(\.missing.isEmpty)
        demands.removeAll(where: \.missing.isEmpty)
        return complete.flatMap { demand -> [WatchAction] in
            if let failure = demand.failure {
                return [.complete(ticket: demand.ticket, .failure(WatcherError(.notProven, failure)))]
            }
            return reloads.reload(
                isForced: demand.isForced, trigger: demand.trigger, ticket: demand.ticket, at: now)
        }
    }
}
