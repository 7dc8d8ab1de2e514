import Synchronization

/// An HTTP server on loopback that answers as a test tells it: for what a real registry never does, such as lying, going
/// silent or hanging up in the middle.
package final class ScriptedHTTPServer: Sendable {
    /// `http://127.0.0.1:<port>`.
    package let url: String
    private let listener: TestSocket
    private let state = Mutex(State())

    private struct State {
        var requests: [ScriptedRequest] = []
        var connections: [TestSocket] = []
        var endedConnections = 0
    }

    /// - Parameter script: called for every request, on a thread of the connection.
    package init(_ script: @escaping @Sendable (ScriptedRequest) -> ScriptedAnswer) throws {
        let port: Int
        (listener, port) = try TestSocket.listen()
        url = "http://127.0.0.1:\(port)"
        TestThread.detach { [weak self, listener] in
            while let connection = listener.accept() {
                guard let self else { return }
                state.withLock { $0.connections.append(connection) }
                TestThread.detach { [weak self] in self?.serve(connection, script) }
            }
        }
    }

    deinit { close() }

    /// All requests so far, in the order in which they arrived.
    package var requests: [ScriptedRequest] { state.withLock { $0.requests } }

    /// How many connections there were so far.
    package var connectionCount: Int { state.withLock { $0.connections.count } }

    /// How many of them the client has not ended.
    package var openConnectionCount: Int { state.withLock { $0.connections.count - $0.endedConnections } }

    /// Ends the connections; the port stays.
    package func cutConnections() {
        for connection in state.withLock({ $0.connections }) { connection.cut() }
    }

    /// Ends the connections and the port.
    package func close() {
        listener.cut()
        cutConnections()
    }

    private func serve(_ connection: TestSocket, _ script: (ScriptedRequest) -> ScriptedAnswer) {
        defer { state.withLock { $0.endedConnections += 1 } }
        var reader = ScriptedRequestReader(connection)
        while var request = reader.next() {
            request.number = state.withLock { state in
                state.requests.append(request)
                return state.requests.count
            }
            for step in script(request).steps {
                switch step {
                case .send(let bytes): guard connection.write(bytes) else { return }
                case .hangUp:
                    connection.cut()
                    return
                case .stayOpen:
                    // Until the client goes away.
                    while !connection.read().isEmpty {}
                    return
                }
            }
        }
    }
}
