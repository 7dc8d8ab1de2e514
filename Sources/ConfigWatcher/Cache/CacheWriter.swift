@preconcurrency import Dispatch
import Synchronization
import WatcherCore

/// Reads and writes one watcher's cache file away from everything else: on a thread that may block, newest version only.
final class CacheWriter: Sendable {
    private let file: CacheFile
    private let queue: DispatchQueue
    /// What is to be written next; also what could not be written.
    private let pending = Mutex<DocumentLayers?>(nil)

    init(_ file: CacheFile) {
        self.file = file
        queue = DispatchQueue(label: "configbus.cache")
    }

    /// What lies in the file; nil when there is nothing.
    func read() async throws(CacheError) -> CachedLayers? {
        try await onQueue { file in Result { () throws(CacheError) in try file.read() } }.get()
    }

    /// Notes what has to be written; `flush` writes it.
    func save(_ layers: DocumentLayers) { pending.withLock { $0 = layers } }

    /// Writes what is to be written, if it was not written by an earlier call.
    func flush() async throws(CacheError) {
        guard let layers = pending.withLock({ $0.take() }) else { return }
        do {
            try await onQueue { file in Result { () throws(CacheError) in try file.write(layers) } }.get()
        } catch {
            // Tried again when something newer is there, or when what runs is proven once more.
            pending.withLock { $0 = $0 ?? layers }
            throw error
        }
    }

    /// Notes that what is in the file was proven to be the newest just now, or writes what could not be written before.
    func touch() async throws(CacheError) {
        if pending.withLock({ $0 != nil }) { return try await flush() }
        try await onQueue { file in Result { () throws(CacheError) in try file.touch() } }.get()
    }

    private func onQueue<Value: Sendable>(
        _ body: @escaping @Sendable (CacheFile) -> Result<Value, CacheError>
    ) async -> Result<Value, CacheError> {
        await withCheckedContinuation { continuation in
            queue.async { [file] in continuation.resume(returning: body(file)) }
        }
    }
}
