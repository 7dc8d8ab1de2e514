import Synchronization

/// An HTTP proxy on loopback that opens ways with `CONNECT`, all of them to one port of this machine, whatever host is asked
/// for.
package final class TunnelProxy: Sendable {
    /// `127.0.0.1:<port>`.
    package let address: String
    private let listener: TestSocket
    private let heads = Mutex<[String]>([])

    /// - Parameters:
    ///   - port: where the ways lead.
    ///   - refusal: what it answers instead of opening a way: the line behind `HTTP/1.1`.
    package init(to port: Int, refusal: String? = nil) throws {
        let ownPort: Int
        (listener, ownPort) = try TestSocket.listen()
        address = "127.0.0.1:\(ownPort)"
        TestThread.detach { [weak self, listener] in
            while let client = listener.accept() {
                TestThread.detach { [weak self] in self?.serve(client, port, refusal) }
            }
        }
    }

    deinit { listener.cut() }

    /// The requests so far, each a line and its fields.
    package var requests: [String] { heads.withLock { $0 } }

    private func serve(_ client: TestSocket, _ port: Int, _ refusal: String?) {
        var head = ""
        while !head.contains("\r\n\r\n") {
            let piece = client.read()
            guard !piece.isEmpty else { return }
            head += String(decoding: piece, as: UTF8.self)
        }
        heads.withLock { $0.append(head) }
        guard refusal == nil, head.hasPrefix("CONNECT "),
            let server = try? TestSocket.connect(host: "127.0.0.1", port: port)
        else {
            _ = client.write(Array("HTTP/1.1 \(refusal ?? "502 Bad Gateway")\r\nContent-Length: 0\r\n\r\n".utf8))
            return client.cut()
        }
        guard client.write(Array("HTTP/1.1 200 Connection established\r\n\r\n".utf8)) else { return }
        TestThread.detach { Self.pump(from: server, to: client) }
        Self.pump(from: client, to: server)
    }

    private static func pump(from source: TestSocket, to target: TestSocket) {
        while true {
            let bytes = source.read()
            guard !bytes.isEmpty, target.write(bytes) else { break }
        }
        source.cut()
        target.cut()
    }
}
