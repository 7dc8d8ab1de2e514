import NIOCore

/// The connections for calls; it lives on one event loop.
///
/// A call never waits for another's connection (a long poll holds one for a minute). The one that was used last is taken
/// first, so that those that are not needed come to their end. All is O(1) but for closing what was idle for too long.
final class ConnectionPool {
    static let idleLimit = TimeAmount.seconds(30)

    private let loop: any EventLoop
    private let connector: RegistryConnector
    /// The one that was used last is the last.
    private var idle: [CallConnection] = []
    private var sweep: Scheduled<Void>?
    private var isClosed = false

    init(_ connector: RegistryConnector, on loop: any EventLoop) {
        self.connector = connector
        self.loop = loop
    }

    func make(_ call: Call) {
        // Its task was cancelled before.
        if call.isOver { return }
        while let connection = idle.popLast() {
            if connection.isOpen { return connection.make(call) }
        }
        let connecting = connector.connect(on: loop) { try $0.addHandler(CallConnection()) }
        connecting.assumeIsolated().whenComplete { result in
            do {
                let connection = try result.get().pipeline.syncOperations.handler(type: CallConnection.self)
                connection.pool = self
                if call.isOver { self.put(connection) } else { connection.make(call) }
            } catch {
                call.fail(TransportFailure(connecting: error))
            }
        }
    }

    /// Takes a connection that is free.
    func put(_ connection: CallConnection) {
        if isClosed { return connection.close() }
        connection.rest(since: loop.now)
        idle.append(connection)
        if sweep == nil { planSweep() }
    }

    func close() {
        isClosed = true
        sweep?.cancel()
        for connection in idle { connection.close() }
        idle = []
    }

    private func planSweep() {
        sweep = loop.assumeIsolated().scheduleTask(in: Self.idleLimit) { self.closeIdle() }
    }

    private func closeIdle() {
        let limit = loop.now - Self.idleLimit
        let kept = idle.drop { $0.idleSince <= limit || !$0.isOpen }
        for connection in idle.prefix(idle.count - kept.count) { connection.close() }
        idle = Array(kept)
        sweep = nil
        if !idle.isEmpty { planSweep() }
    }
}
