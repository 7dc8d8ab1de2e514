import ConfigModel

/// When the versions of the last few events were made, and whether they bring an earlier one back.
///
/// A registry's response has times in whole seconds only; the event that led to it has milliseconds. They belong
/// together when the record hashes are equal. Nothing but a reported latency, and that a rollback is not delayed, depends on it.
struct ClaimTimes: Sendable {
    static let capacity = 8

    private var entries: [(recordHash: String, createdAt: Timestamp, isRollback: Bool)] = []

    mutating func remember(_ event: ConfigEvent) {
        guard createdAt(recordHash: event.recordHash) == nil else { return }
        if entries.count == Self.capacity { entries.removeFirst() }
        entries.append((event.recordHash, event.createdAt, event.restoredFrom != nil))
    }

    func createdAt(recordHash: String) -> Timestamp? {
        entries.last { $0.recordHash == recordHash }?.createdAt
    }

    func isRollback(recordHash: String) -> Bool { entries.last { $0.recordHash == recordHash }?.isRollback ?? false }
}
