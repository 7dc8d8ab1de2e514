@preconcurrency import Dispatch
import Synchronization
import WatcherCore

/// Reads and writes one watcher's cache file away from everything else: on a thread that may block, newest version only.
final class CacheWriter: Sendable {
    private let file: CacheFile
    private let queue: DispatchQueue
    /// What is to be written next; also what could not be written.
    private let pending = Mutex<DocumentLayers?>(nil)
    private let good: GoodVersionFolder?
    /// Good versions that are to be written next, the newest last.
    private let pendingGood = Mutex<[DocumentLayers]>([])

    /// - Parameter good: where good versions are kept; nil when they are not.
    init(_ file: CacheFile, good: GoodVersionFolder? = nil) {
        self.file = file
        self.good = good
        queue = DispatchQueue(label: "configbus.cache")
    }

    /// What lies in the file; nil when there is nothing.
    func read() async throws(CacheError) -> CachedLayers? {
        try await onQueue { file in Result { () throws(CacheError) in try file.read() } }.get()
    }

    /// The good versions of earlier runs, the oldest first, and what cannot be read.
    func readGoodVersions() async -> (versions: [DocumentLayers], failures: [CacheError]) {
        guard let good else { return ([], []) }
        return await onQueue { _ in good.read() }
    }

    /// Notes what has to be written; `flush` writes it.
    func save(_ layers: DocumentLayers) {
        pending.withLock { $0 = layers }
        guard let good, layers.hasContent else { return }
        pendingGood.withLock { $0 = Array(($0 + [layers]).suffix(good.count)) }
    }

    /// Writes what is to be written, if it was not written by an earlier call.
    func flush() async throws(CacheError) {
        try await flushNewest()
        guard let good else { return }
        let versions = pendingGood.withLock { versions in
            defer { versions = [] }
            return versions
        }
        let result = await onQueue { _ in
            Result { () throws(CacheError) in for layers in versions { try good.write(layers) } }
        }
        if case .failure = result { pendingGood.withLock { $0 = Array((versions + $0).suffix(good.count)) } }
        try result.get()
    }

    private func flushNewest() async throws(CacheError) {
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

    private func onQueue<Value: Sendable>(_ body: @escaping @Sendable (CacheFile) -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            queue.async { [file] in continuation.resume(returning: body(file)) }
        }
    }
}
