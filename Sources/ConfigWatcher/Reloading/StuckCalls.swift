import Synchronization
import WatcherCore

/// The handlers that ignored the end of their time, and the value that they were called with.
final class StuckCalls<Value: Sendable>: Sendable {
    struct StuckCall: Sendable {
        let handler: ReloadHandler<Value>
        let call: HandlerCall
        /// What the handler was bringing its part of the application to.
        let attempted: Value
        /// The version that the value was made of; nil when it was called to take something back.
        var layers: DocumentLayers?
    }

    private let calls = Mutex<[Int: StuckCall]>([:])
    private let report: (@Sendable (_ handler: String) -> Void)?

    /// - Parameter report: is given the name of each handler that is stuck from now on.
    init(report: (@Sendable (_ handler: String) -> Void)? = nil) { self.report = report }

    /// The names of the handlers that are stuck.
    var names: [String] { calls.withLock { calls in calls.values.map { $0.handler.name }.sorted() } }

    /// Their calls, to be waited for.
    var pending: [HandlerCall] { calls.withLock { calls in calls.values.map { $0.call } } }

    func contains(_ handler: ReloadHandler<Value>) -> Bool { calls.withLock { $0[handler.id] != nil } }

    /// True when it has not returned from this very version.
    func contains(_ handler: ReloadHandler<Value>, on layers: DocumentLayers) -> Bool {
        calls.withLock { $0[handler.id]?.layers == layers }
    }

    func add(_ stuck: StuckCall) {
        calls.withLock { $0[stuck.handler.id] = stuck }
        report?(stuck.handler.name)
    }

    /// Takes out those that have returned meanwhile.
    func takeReturned() -> [StuckCall] {
        calls.withLock { calls in
            // Almost always empty.
            guard !calls.isEmpty else { return [] }
            let returned = calls.values.filter { $0.call.hasEnded }.sorted { $0.handler.id < $1.handler.id }
            for stuck in returned { calls[stuck.handler.id] = nil }
            return returned
        }
    }
}
