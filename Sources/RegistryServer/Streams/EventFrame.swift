import AsyncSupport
import ConfigModel
import ConfigRegistry
import ConfigStore
import NIOCore
import RegistryAPI

/// The frames of a stream of server-sent events, each as one chunk of the response's body.
enum EventFrame {
    /// A head: the routing key, the identity of the version, the event with its content.
    static func change(_ head: HeadSnapshot) -> ByteBuffer {
        let record = head.record
        let (head, event) = WatchMessage.change(record, event: head.encodedEvent.bytes)
        return chunk(head, event)
    }

    /// All heads have been sent.
    ///
    /// - Parameter statement: the signed statement that this epoch counts.
    static func synced(
        _ epoch: Epoch, count: Int, statement: EpochStatement? = nil, except damaged: [DamagedVersion] = []
    ) -> ByteBuffer {
        let (head, data) = WatchMessage.synced(
            epoch, count: count, statement: statement, damaged: DamagedNames.text(damaged))
        return chunk(head, data)
    }

    /// The age of the registry's own proof that nothing is missing: a comment, which no client takes for an event.
    static func proof(_ age: Duration, except damaged: [DamagedVersion] = []) -> ByteBuffer {
        chunk(WatchMessage.proof(milliseconds: age.milliseconds, damaged: DamagedNames.text(damaged)), [])
    }

    /// In front of a head that was published a moment ago, the trace in which that was done.
    static func trace(_ trace: TraceContext) -> ByteBuffer { chunk(WatchMessage.trace(trace), []) }

    /// The stream ends because the client's credential does not count any more: `expired`, `revoked`, `changed`.
    static func end(_ reason: String) -> ByteBuffer {
        let (head, data) = WatchMessage.end(reason)
        return chunk(head, data)
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
