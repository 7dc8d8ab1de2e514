/// What a subscription says.
public enum BusSignal: Sendable {
    /// Queue, bindings and consumer stand: read the truth now, whatever changes later will be delivered.
    case subscribed
    /// A message arrived.
    case delivery(BusDelivery)
    /// The subscription was lost and will be established anew; messages may be missed meanwhile.
    case interrupted(BusError)
}

/// The signals of one subscription, in order; never ends by itself while the subscription lives.
public typealias BusSignals = AsyncStream<BusSignal>
