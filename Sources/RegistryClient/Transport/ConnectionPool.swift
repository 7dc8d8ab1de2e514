import DequeModule
import NIOCore

/// The connections for calls; it lives on one event loop.
///
/// At most 64 are open at a time; further calls wait in the order in which they came, as long as their time limit allows. A
/// call whose response the registry may hold back (a long poll) is not counted, because it would keep the others waiting for
/// up to a minute, and neither is a stream, which has a connection of its own.
///
/// The connection that was used last is taken first, so that those that are not needed come to their end. All is O(1) but
/// for closing what was idle for too long.
final class ConnectionPool {
    static let maximumConnections = 64
    static let idleLimit = TimeAmount.seconds(30)

    private let loop: any EventLoop
    private let connector: RegistryConnector
    /// The one that was used last is the last.
    private var idle: [CallConnection] = []
    /// How many connections are made or in use for calls that count.
    private var busy = 0
    private var waiting = Deque<Call>()
    private var sweep: Scheduled<Void>?
    private var isClosed = false

    init(_ connector: RegistryConnector, on loop: any EventLoop) {
        self.connector = connector
        self.loop = loop
    }

    func make(_ call: Call) {
        // Its task was cancelled before.
        if call.isOver { return }
        guard call.isHeldBack || busy < Self.maximumConnections else {
            call.stage = .waiting
            waiting.append(call)
            return
        }
        begin(call)
    }

    private func begin(_ call: Call) {
        if !call.isHeldBack { busy += 1 }
        call.stage = .connecting
        while let connection = idle.popLast() {
            guard connection.isOpen else { continue }
            connection.make(call)
            return releaseAfter(call)
        }
        let connecting = connector.connect(on: loop) { try $0.addHandler(CallConnection()) }
        connecting.assumeIsolated().whenComplete { result in
            do {
                let connection = try result.get().pipeline.syncOperations.handler(type: CallConnection.self)
                connection.pool = self
                if call.isOver { self.put(connection) } else { connection.make(call) }
            } catch {
                call.fail(TransportFailure(connecting: error, through: self.connector.proxy))
            }
            // Not before: a connection that is being made counts even when its call is over.
            self.releaseAfter(call)
        }
    }

    /// Lets the next calls begin when this one is over.
    private func releaseAfter(_ call: Call) {
        guard !call.isHeldBack else { return }
        call.whenOver {
            self.busy -= 1
            while self.busy < Self.maximumConnections, let next = self.waiting.popFirst() {
                if !next.isOver { self.begin(next) }
            }
        }
    }

    /// Takes a connection that is free.
    func put(_ connection: CallConnection) {
        if isClosed || idle.count >= Self.maximumConnections { return connection.close() }
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
