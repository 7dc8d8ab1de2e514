import Synchronization

/// A TCP proxy on loopback that forwards everything, loses the responses to chosen requests (the server has done what it was
/// asked, and the client sees its connection end), and can hold a request back while others overtake it.
package final class LossyProxy: Sendable {
    /// The port on 127.0.0.1 to connect to.
    package let port: Int
    private let listener: TestSocket
    private let target: (host: String, port: Int)
    private let plan = Mutex(Plan())
    private let gate = TCPProxyGate()
    private let sockets = Mutex<[TestSocket]>([])

    private struct Plan {
        var marker: [UInt8] = []
        var losses = 0
        var held: [UInt8]?
    }

    package init(to host: String, port targetPort: Int) throws {
        (listener, port) = try TestSocket.listen()
        target = (host, targetPort)
        TestThread.detach { [self] in
            while let client = listener.accept() { connect(client) }
        }
    }

    /// Loses the responses to the next requests that contain a text.
    package func loseAnswers(toRequestsWith text: String, count: Int) {
        plan.withLock {
            $0.marker = Array(text.utf8)
            $0.losses = count
        }
    }

    /// Keeps the next request that contains a text from the server until `release`.
    package func holdNextRequest(with text: String) {
        gate.set(.frozen)
        plan.withLock { $0.held = Array(text.utf8) }
    }

    /// Whether the request has come that is to be held.
    package var isHolding: Bool { plan.withLock { $0.held == nil } }

    /// Forwards the request that is held.
    package func release() { gate.set(.forwarding) }

    /// How many answers are still to be lost.
    package var pendingLosses: Int { plan.withLock { $0.losses } }

    /// Ends the connections and the port.
    package func close() {
        listener.cut()
        gate.set(.cut)
        sockets.withLock { $0.forEach { $0.cut() } }
    }

    private func connect(_ client: TestSocket) {
        guard let server = try? TestSocket.connect(host: target.host, port: target.port) else { return client.cut() }
        sockets.withLock { $0 += [client, server] }
        let isDoomed = Flag()
        TestThread.detach { [self] in
            while true {
                let request = client.read()
                if isHeld(request) { _ = gate.waitWhileFrozen() }
                if takesLoss(request) { isDoomed.raise() }
                guard !request.isEmpty, server.write(request) else { break }
            }
            server.cut()
        }
        TestThread.detach {
            while true {
                let answer = server.read()
                guard !answer.isEmpty, !isDoomed.isRaised, client.write(answer) else { break }
            }
            client.cut()
            server.cut()
        }
    }

    private func isHeld(_ request: [UInt8]) -> Bool {
        plan.withLock { plan in
            guard let held = plan.held, request.contains(held) else { return false }
            plan.held = nil
            return true
        }
    }

    private func takesLoss(_ request: [UInt8]) -> Bool {
        plan.withLock { plan in
            guard plan.losses > 0, request.contains(plan.marker) else { return false }
            plan.losses -= 1
            return true
        }
    }
}

private final class Flag: Sendable {
    private let value = Atomic(false)

    var isRaised: Bool { value.load(ordering: .sequentiallyConsistent) }

    func raise() { value.store(true, ordering: .sequentiallyConsistent) }
}
