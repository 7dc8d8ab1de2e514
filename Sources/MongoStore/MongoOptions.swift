/// How the store uses the server; a URI option of the same meaning goes first.
package struct MongoOptions: Sendable {
    /// Connections that work at the same time; each is opened when it is needed first.
    package var connections: Int
    /// Calls that may wait for a connection; beyond it a call fails with `StoreError.overloaded`.
    package var waitingCalls: Int
    /// How long a call looks for a primary, and how long a connection may take.
    package var connectTimeout: Duration
    /// How long the server may take for one response.
    package var replyTimeout: Duration
    /// How long a majority may take to have a write on its journal.
    package var writeConcernTimeout: Duration
    /// How long an append whose outcome is unknown is resolved before the caller gets to know.
    package var resolutionTimeout: Duration
    /// How long after a mark was set young versions behind it stay. A registry builds on a head for 30 seconds, and on none that it
    /// has not read again when a write took as long.
    package var removalGrace: Duration = .seconds(70)
    /// True to open a store also when a restore into it was not finished.
    package var takesRestore = false

    /// The defaults suit a registry.
    package init(
        connections: Int = 32, waitingCalls: Int = 1_024, connectTimeout: Duration = .seconds(2),
        replyTimeout: Duration = .seconds(5), writeConcernTimeout: Duration = .milliseconds(2_500),
        resolutionTimeout: Duration = .seconds(4)
    ) {
        self.connections = connections
        self.waitingCalls = waitingCalls
        self.connectTimeout = connectTimeout
        self.replyTimeout = replyTimeout
        self.writeConcernTimeout = writeConcernTimeout
        self.resolutionTimeout = resolutionTimeout
    }
}
