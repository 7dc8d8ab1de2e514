import EventBus

/// What every session of one bus has in common.
struct SessionSettings: Sendable {
    let address: AMQPAddress
    let exchange: String
    /// What the broker's administrator sees.
    var connectionName: String
    let options: RabbitBusOptions

    /// The URI's word goes before the default.
    var heartbeat: Duration { address.heartbeat ?? options.heartbeat }

    var connectionTimeout: Duration { address.connectionTimeout ?? options.connectionTimeout }
}
