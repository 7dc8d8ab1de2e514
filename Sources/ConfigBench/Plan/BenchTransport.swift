/// How changes reach the watchers of a benchmark.
package enum BenchTransport: String, CaseIterable, Sendable {
    /// A queue and a connection to the broker for each watcher.
    case amqp
    /// A stream of server-sent events from the registry for each watcher.
    case sse
}
