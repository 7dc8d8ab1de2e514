import AsyncSupport
import ConfigModel
import ConfigRegistry
import ConfigStore
import NIOCore

/// The frames of a stream of server-sent events, each as one chunk of the response's body.
enum EventFrame {
    /// A head: the routing key, the identity of the version, the event with its content.
    static func change(_ head: HeadSnapshot) -> ByteBuffer {
        let record = head.record
        let event = LineSafeJSON.bytes(head.encodedEvent.bytes)
        let head =
            "event: \(RoutingKey.change(record.changeType, of: record.key))\n"
            + "id: \(record.key.environment)/\(record.key.service)@\(record.version)\ndata: "
        return chunk(head, event)
    }

    /// All heads have been sent.
    ///
    /// - Parameter statement: the signed statement that this epoch counts.
    static func synced(
        _ epoch: Epoch, count: Int, statement: EpochStatement? = nil, except damaged: [DamagedVersion] = []
    ) -> ByteBuffer {
        var writer = JSONWriter()
        writer.object { data in
            data.member("count", count)
            data.member("epoch", epoch.description)
            if let statement { data.member("epoch_statement", verbatim: statement.jsonBytes) }
        }
        return chunk("\(comment(damaged))event: synced\ndata: ", writer.bytes)
    }

    /// The age of the registry's own proof that nothing is missing: a comment, which no client takes for an event.
    static func proof(_ age: Duration, except damaged: [DamagedVersion] = []) -> ByteBuffer {
        chunk("\(comment(damaged)): proof \(age.milliseconds)", [])
    }

    /// Names what was left out, in front of what does not count for it.
    private static func comment(_ damaged: [DamagedVersion]) -> String {
        DamagedVersions.text(damaged).map { ": damaged \($0)\n" } ?? ""
    }

    /// The frame without the chunk around it, for a client that knows no chunks.
    static func plain(_ chunk: ByteBuffer) -> ByteBuffer {
        var frame = chunk
        let bytes = frame.readableBytesView
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return frame }
        frame.moveReaderIndex(to: end + 1)
        frame.moveWriterIndex(to: frame.writerIndex - 2)
        return frame
    }

    /// A chunk (RFC 9112, section 7.1) of a frame's text, with the empty line that ends the frame.
    private static func chunk(_ head: String, _ data: [UInt8]) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(head.utf8.count + data.count + 16)
        buffer.writeString(String(head.utf8.count + data.count + 2, radix: 16) + "\r\n")
        buffer.writeString(head)
        buffer.writeBytes(data)
        buffer.writeString("\n\n\r\n")
        return buffer
    }
}
