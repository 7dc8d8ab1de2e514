import AsyncSupport
import ConfigModel
import Synchronization
import Tracing

/// What other registries said of the traces of versions that they announced, until the versions are read here: so that the streams of
/// this registry say the same.
final class AnnouncedTraces: Sendable {
    private static let capacity = 1_024

    /// By the hash of the record.
    private let traces = Mutex(LRUCache<String, PublicationTrace>(capacity: AnnouncedTraces.capacity))

    /// Takes what came with an event. It counts for nothing but a comment in a stream.
    func note(_ headers: [String: String], of recordHash: String) {
        guard let fields = TraceContext(traceparent: headers["traceparent"], tracestate: headers["tracestate"]) else {
            return
        }
        let trace = PublicationTrace(context: .topLevel, fields: fields, takenAt: .now)
        traces.withLock { $0.set(trace, for: recordHash, cost: 1) }
    }

    /// What was said of a version; nil when it was nothing.
    func trace(of record: VersionRecord) -> PublicationTrace? {
        traces.withLock { $0.count == 0 ? nil : $0.peek(record.recordHash) }
    }
}
