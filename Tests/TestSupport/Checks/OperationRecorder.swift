package import ConfigModel
import Synchronization

/// Remembers what all writers did, whoever they were.
package final class OperationRecorder: Sendable {
    private let recorded = Mutex<[WriteOperation]>([])

    package init() {}

    /// Everything so far, in the order in which it ended.
    package var operations: [WriteOperation] { recorded.withLock { $0 } }

    /// The highest version that somebody was told for a document; 0 when none was.
    package func lastAcknowledged(of key: DocumentKey) -> Int64 {
        operations.filter { $0.key == key }.compactMap(\.version).max() ?? 0
    }

    /// Does a write and remembers it.
    package func record(
        _ key: DocumentKey, changeID: String, content: Content, expected: Int64? = nil,
        _ write: () async -> WriteOperation.Outcome
    ) async -> WriteOperation.Outcome {
        let began = ContinuousClock.now
        let outcome = await write()
        let operation = WriteOperation(
            key: key, changeID: changeID, contentHash: content.hash, expected: expected, began: began,
            ended: .now, outcome: outcome)
        recorded.withLock { $0.append(operation) }
        return outcome
    }
}
