import ConfigStore
import Synchronization

/// Whether the store had room for what was last written to it.
final class StoreRoom: Sendable {
    private let state = Mutex<StoreError?>(nil)

    /// Why the last write was not stored, when that was for want of room.
    var problem: String? { state.withLock { $0?.description } }

    /// Does a write.
    func recording<Value>(_ write: () async throws(StoreError) -> Value) async throws(StoreError) -> Value {
        do {
            let value = try await write()
            state.withLock { $0 = nil }
            return value
        } catch {
            if case .full = error { state.withLock { $0 = error } }
            throw error
        }
    }
}
