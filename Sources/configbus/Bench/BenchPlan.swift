import ConfigModel

/// What is measured.
struct BenchPlan: Sendable {
    let watchers: Int
    let transport: BenchTransport
    let updates: Int
    /// The canonical bytes of a content.
    let size: Int
    /// The documents; every watcher follows all of them.
    let keys: [DocumentKey]
    /// More than one send without waiting for the watchers.
    let writers: Int
    /// Updates a second of all writers together; nil: as many as go.
    let rate: Double?
    /// Writers call the registry in this process.
    let isWithoutHTTP: Bool
    /// Every version is signed, and the watchers believe only what is.
    let signer: RecordSigner?

    var isOneAfterAnother: Bool { writers == 1 }

    /// Updates before anything is measured.
    var warmUp: Int { min(max(updates / 10, 20), 500) }

    static func keys(_ count: Int) throws(InvalidName) -> [DocumentKey] {
        var keys: [DocumentKey] = []
        for number in 1...count { keys.append(try DocumentKey(service: "bench.\(number)", environment: "bench")) }
        return keys
    }
}
