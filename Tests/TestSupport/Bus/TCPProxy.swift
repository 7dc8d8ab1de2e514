import Glibc

/// A TCP proxy on loopback in front of a real server, to break and mend the connections through it.
///
/// ```swift
/// let proxy = try TCPProxy(to: "127.0.0.1", port: 5672)
/// defer { proxy.close() }
/// proxy.freeze()   // nothing is forwarded, both ends stay connected
/// proxy.dropAnswers()   // what the server says is lost, what it is sent arrives
/// proxy.cut()      // connections end, new ones are ended at once
/// proxy.mend()     // works again
/// ```
package final class TCPProxy: Sendable {
    /// The port on 127.0.0.1 to connect to.
    package let port: Int
    private let listener: TestSocket
    private let gate = TCPProxyGate()

    package init(to host: String, port targetPort: Int) throws {
        (listener, port) = try TestSocket.listen()
        TestThread.detach { [listener, gate] in
            while let client = listener.accept() {
                guard gate.mode != .cut, let server = try? TestSocket.connect(host: host, port: targetPort) else {
                    client.cut()
                    continue
                }
                gate.add(client, server)
                TestThread.detach { Self.pump(from: client, to: server, gate, isAnswer: false) }
                TestThread.detach { Self.pump(from: server, to: client, gate, isAnswer: true) }
            }
        }
    }

    /// Stops forwarding. Both ends stay connected and see silence; what they send fills their buffers.
    package func freeze() { gate.set(.frozen) }

    /// Loses what the server sends from now on; what is sent to it still arrives. The streams have holes then: `cut` before
    /// `mend`.
    package func dropAnswers() { gate.set(.answersDropped) }

    /// Changes bytes here and there in what the server sends from now on; `cut` before `mend`.
    package func changeAnswers() { gate.set(.answersChanged) }

    /// Ends every connection; until `mend`, new ones end at once.
    package func cut() { gate.set(.cut) }

    /// Forwards again.
    package func mend() { gate.set(.forwarding) }

    /// How many connections there have been.
    package var connectionCount: Int { gate.connectionCount }

    /// How many bytes of the server were lost or changed.
    package var damagedCount: Int { gate.damagedCount }

    /// Ends the connections and the port.
    package func close() {
        gate.set(.cut)
        listener.cut()
    }

    private static func pump(
        from source: TestSocket, to target: TestSocket, _ gate: TCPProxyGate, isAnswer: Bool
    ) {
        while true {
            var bytes = source.read()
            guard !bytes.isEmpty, let mode = gate.waitWhileFrozen() else { break }
            if isAnswer, mode == .answersDropped {
                gate.countDamage(bytes.count)
                continue
            }
            if isAnswer, mode == .answersChanged, Bool.random() {
                bytes[Int.random(in: bytes.indices)] ^= UInt8.random(in: 1...255)
                gate.countDamage(1)
            }
            guard target.write(bytes) else { break }
        }
        source.cut()
        target.cut()
    }
}
