import ConfigModel

/// A version that is likely to come next.
struct ExpectedVersion: Sendable, Equatable {
    let key: DocumentKey
    let epoch: Epoch
    let version: Int64
}

/// The version after the last one heard of each document, by the identifier that its message will have, so that a message
/// is recognised before it is read. A guess and no more: what a message is shows when it has been read.
///
/// At most one for each document; all operations are O(1).
struct ExpectedVersions: Sendable {
    private var versions: [String: ExpectedVersion] = [:]
    private var identifiers: [DocumentKey: String] = [:]

    /// The version that a message is said to bring.
    func version(message identifier: String) -> ExpectedVersion? { versions[identifier] }

    /// Expects the version after that of an event.
    mutating func expect(after event: ConfigEvent) {
        forget(event.key)
        guard event.version < .max else { return }
        let next = ExpectedVersion(key: event.key, epoch: event.epoch, version: event.version + 1)
        let identifier = ConfigEvent.identifier(of: next.version, of: next.key, in: next.epoch)
        versions[identifier] = next
        identifiers[event.key] = identifier
    }

    /// Expects nothing of a document any more.
    mutating func forget(_ key: DocumentKey) {
        if let identifier = identifiers.removeValue(forKey: key) { versions[identifier] = nil }
    }
}
