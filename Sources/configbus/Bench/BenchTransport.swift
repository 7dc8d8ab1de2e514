import ArgumentParser

/// How the watchers hear of changes.
enum BenchTransport: String, CaseIterable, Sendable, ExpressibleByArgument {
    /// A queue and a connection to the broker for each.
    case amqp
    /// A stream of server-sent events from the registry for each.
    case sse
}
