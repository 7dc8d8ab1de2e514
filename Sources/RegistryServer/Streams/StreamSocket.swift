import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The socket of a connection, for bytes that no handler has to change: what the pipeline costs around the system's call is
/// a third of that, for each stream that a change goes to.
///
/// To be used on the event loop, while nothing that was written to the channel waits to be sent, and not behind TLS, which
/// would have to change the bytes.
struct StreamSocket {
    private let channel: any Channel
    private let socket: NIOBSDSocket.Handle

    /// Nil when the channel shows no socket.
    init?(of channel: any Channel) {
        let operations = channel.pipeline.syncOperations
        guard let socket = try? operations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self, { $0 })
        else { return nil }
        self.channel = channel
        self.socket = socket
    }

    /// Writes what the system takes at once. What is left is for the channel, which waits, and finds out what is wrong.
    func writeNow(_ bytes: inout ByteBuffer) {
        #if os(Linux)
            // The number of a closed socket could be another's.
            guard channel.isActive else { return }
            let sent = bytes.withUnsafeReadableBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if sent > 0 { bytes.moveReaderIndex(forwardBy: sent) }
        #endif
    }
}
