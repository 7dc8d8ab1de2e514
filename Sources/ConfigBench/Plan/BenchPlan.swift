package import ConfigModel
package import ConfigSignatures
package import RegistryClient

/// What is measured.
package struct BenchPlan: Sendable {
    /// Watchers, each with a connection of its own; all follow all documents.
    package let watchers: Int
    /// How changes reach the watchers.
    package let transport: BenchTransport
    /// How many updates are measured.
    package let updates: Int
    /// The canonical bytes of a content.
    package let size: Int
    /// The documents; every watcher follows all of them.
    package let keys: [DocumentKey]
    /// More than one send without waiting for the watchers.
    package let writers: Int
    /// Updates a second of all writers together; nil: as many as go.
    package let rate: Double?
    /// Writers call the registry in this process.
    package let isWithoutHTTP: Bool
    /// Every version is signed, and the watchers take only signed ones.
    package let signer: RecordSigner?
    /// Whom writers and watchers trust, when the registry speaks TLS.
    package let tls: RegistryTLS?

    /// Puts a plan together; what each part means is said there.
    package init(
        watchers: Int, transport: BenchTransport, updates: Int, size: Int, keys: [DocumentKey], writers: Int,
        rate: Double?,
        isWithoutHTTP: Bool, signer: RecordSigner?, tls: RegistryTLS? = nil
    ) {
        self.watchers = watchers
        self.transport = transport
        self.updates = updates
        self.size = size
        self.keys = keys
        self.writers = writers
        self.rate = rate
        self.isWithoutHTTP = isWithoutHTTP
        self.signer = signer
        self.tls = tls
    }

    /// True when each update waits until every watcher has applied the one before.
    package var isOneAfterAnother: Bool { writers == 1 }

    /// Updates before anything is measured.
    var warmUp: Int { min(max(updates / 10, 20), 500) }

    /// The documents of a benchmark: `bench.1`, `bench.2` ... in the environment `bench`.
    package static func keys(_ count: Int) throws(InvalidName) -> [DocumentKey] {
        var keys: [DocumentKey] = []
        for number in 1...count { keys.append(try DocumentKey(service: "bench.\(number)", environment: "bench")) }
        return keys
    }
}
