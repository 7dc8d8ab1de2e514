import EventBus

/// Which messages of a bus are listened to at all.
struct BusFilter: Sendable, Equatable {
    let exchange: String?
    let publishers: Set<String>?

    /// Why a message is not listened to; nil when it is.
    func refusal(of delivery: BusDelivery) -> String? {
        if let exchange, delivery.exchange != exchange { return "it came through the exchange '\(delivery.exchange)'" }
        // The broker's default exchange delivers to a queue by its name.
        if delivery.exchange.isEmpty { return "somebody put it directly into the queue" }
        guard let publishers else { return nil }
        guard let userID = delivery.userID else { return "its publisher did not say who it is" }
        return publishers.contains(userID) ? nil : "its publisher '\(userID)' is not among those listened to"
    }
}
