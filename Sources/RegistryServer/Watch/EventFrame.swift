import ConfigModel
import ConfigRegistry
import NIOCore

/// The frames of a stream of server-sent events.
enum EventFrame {
    /// A head: the routing key, the identity of the version, the event with its content.
    static func change(_ head: HeadSnapshot) -> ByteBuffer {
        let record = head.record
        let event = head.encodedEvent.bytes
        var buffer = ByteBuffer()
        buffer.reserveCapacity(event.count + 256)
        buffer.writeString("event: \(RoutingKey.change(record.changeType))\n")
        buffer.writeString("id: \(record.key.environment)/\(record.key.service)@\(record.version)\n")
        buffer.writeString("data: ")
        buffer.writeBytes(event)
        buffer.writeString("\n\n")
        return buffer
    }

    /// All heads have been told.
    static func synced(_ epoch: Epoch, count: Int) -> ByteBuffer {
        var writer = JSONWriter()
        writer.object { data in
            data.member("count", count)
            data.member("epoch", epoch.description)
        }
        return ByteBuffer(string: "event: synced\ndata: \(String(decoding: writer.bytes, as: UTF8.self))\n\n")
    }

    /// The age of the registry's own proof that nothing is missing: a comment, which no client takes for an event.
    static func proof(_ age: Duration) -> ByteBuffer {
        ByteBuffer(string: ": proof \(age.milliseconds)\n\n")
    }
}

extension Duration {
    var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
}
