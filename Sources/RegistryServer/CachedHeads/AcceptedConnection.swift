import HummingbirdCore
import NIOCore
import Synchronization

/// A connection from the moment when it was accepted until it is handled.
///
/// A server whose task is cancelled drops the connections that it accepted and has not begun to handle. NIO ends the process
/// when a connection's writer is dropped without having been finished, so that this finishes it and closes the connection.
final class AcceptedConnection: Sendable {
    private let http: HTTP1Channel.Value
    private let isTaken = Atomic<Bool>(false)

    init(_ http: HTTP1Channel.Value) { self.http = http }

    deinit {
        guard !isTaken.load(ordering: .acquiring) else { return }
        // Nothing waits for it, and it has nothing to say: the connection was never used.
        Task { [http] in try? await http.executeThenClose { _, _ in } }
    }

    /// What its bytes come from.
    var channel: any Channel { http.channel }

    /// For what handles the connection, and closes it in any case.
    func take() -> HTTP1Channel.Value {
        isTaken.store(true, ordering: .releasing)
        return http
    }
}
