/// What one identity, and one address, may ask of one registry.
package struct AccessLimits: Sendable, Equatable {
    /// Nil for a class without a limit.
    private var rates: [RequestClass: Rate] = [
        .read: .read, .write: .write, .costly: .costly, .stream: .stream, .failed: .failed,
    ]
    /// How many streams of one identity are open at a time, as long as streams are limited at all.
    package var openStreams = 20_000
    /// How many connections of one address are open at a time whose client has proven no identity, as long as its failures are
    /// limited at all.
    package var unidentifiedConnections = 1_000

    /// The defaults.
    package init() {}

    /// The rate of a class; nil when it has no limit.
    package subscript(_ requestClass: RequestClass) -> Rate? {
        get { rates[requestClass] }
        set { rates[requestClass] = newValue }
    }
}
