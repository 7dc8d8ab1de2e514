import EventBus

/// Which messages of a bus are accepted.
struct BusFilter: Sendable, Equatable {
    let exchange: String?
    let publishers: Set<String>?

    /// Why a message is refused; nil when it is not.
    func refusal(of delivery: BusDelivery) -> String? {
        if let exchange, delivery.exchange != exchange { return "it came through the exchange '\(delivery.exchange)'" }
        // The broker's default exchange delivers to a queue by its name.
        if delivery.exchange.isEmpty { return "it was put directly into the queue" }
        guard let publishers else { return nil }
        guard let userID = delivery.userID else { return "its publisher did not say who it is" }
        return publishers.contains(userID) ? nil : "its publisher '\(userID)' is not among the accepted ones"
    }
}
