import ConfigModel

/// When the versions of the last few events were made.
///
/// A registry's response has times in whole seconds only; the event that led to it has milliseconds. They belong
/// together when the record hashes are equal. Nothing but a reported latency depends on it.
struct ClaimTimes: Sendable {
    static let capacity = 8

    private var entries: [(recordHash: String, createdAt: Timestamp)] = []

    mutating func remember(_ event: ConfigEvent) {
        guard createdAt(recordHash: event.recordHash) == nil else { return }
        if entries.count == Self.capacity { entries.removeFirst() }
        entries.append((event.recordHash, event.createdAt))
    }

    func createdAt(recordHash: String) -> Timestamp? {
        entries.last { $0.recordHash == recordHash }?.createdAt
    }
}
