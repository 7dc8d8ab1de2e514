import ConfigModel
import ConfigRegistry
import EventBus
import RabbitBus

/// A way of bytes to many receivers that can be measured without the product.
enum FloorPath: Sendable {
    case rabbit(RabbitFloor)
    case sockets(SocketFloor)

    static func open(_ plan: BenchPlan, _ servers: BenchServers) async throws -> FloorPath {
        switch (plan.transport, servers.amqpURI) {
        case (.amqp, let uri?):
            let floor = RabbitFloor(uri: uri, exchange: servers.exchange)
            try await floor.connect(receivers: plan.watchers, to: RoutingKey.document(plan.keys[0]))
            return .rabbit(floor)
        case (.amqp, nil), (.sse, _):
            return .sockets(try await SocketFloor(connections: plan.watchers))
        }
    }

    /// How long the announcement of a version takes until the last receiver has it.
    func time(_ record: VersionRecord) async throws -> Duration {
        let event = ConfigEvent(record)
        switch self {
        case .rabbit(let floor):
            return try await floor.time(BusMessage(announcing: event)).max() ?? .zero
        case .sockets(let floor):
            return try await floor.time(Self.frame(of: event))
        }
    }

    func close() async {
        switch self {
        case .rabbit(let floor): await floor.close()
        case .sockets(let floor): await floor.close()
        }
    }

    /// What a registry writes for one change, with the frame of its chunk.
    private static func frame(of event: ConfigEvent) -> [UInt8] {
        let id = "\(event.key.environment)/\(event.key.service)@\(event.version)"
        let data = Array("event: \(event.routingKey)\nid: \(id)\ndata: ".utf8) + event.jsonBytes + Array("\n\n".utf8)
        return Array((String(data.count, radix: 16) + "\r\n").utf8) + data + Array("\r\n".utf8)
    }
}

extension BusMessage {
    /// The message that announces a version, as the registry makes it.
    init(announcing event: ConfigEvent) {
        self.init(
            routingKey: event.routingKey, copyTo: [RoutingKey.document(event.key)], messageID: event.eventID,
            type: event.eventType, timestamp: event.createdAt.milliseconds / 1_000, body: event.jsonBytes)
    }
}
