import ConfigModel
import Synchronization
import Tracing

/// The traces in which the versions of the last events were published, for the spans of their reloads. They count for nothing else.
package final class EventTraces: Sendable {
    private static let capacity = 256

    private struct State {
        var traces: [String: TraceContext] = [:]
        var order: [String] = []
    }

    /// By the hash of the record.
    private let state = Mutex(State())

    init() {}

    /// Takes what came with an event.
    func note(_ trace: TraceContext, of recordHash: String) {
        state.withLock { state in
            if state.traces.updateValue(trace, forKey: recordHash) == nil { state.order.append(recordHash) }
            if state.order.count > 2 * Self.capacity {
                for hash in state.order.prefix(Self.capacity) { state.traces[hash] = nil }
                state.order.removeFirst(Self.capacity)
            }
        }
    }

    /// Puts the spans of a version's reload below the one in which it was published, if that is known.
    func parent(ofRecord recordHash: String?, with tracer: any Tracer) -> ServiceContext {
        var context = ServiceContext.current ?? .topLevel
        guard let recordHash, let trace = state.withLock({ $0.traces[recordHash] }) else { return context }
        tracer.extract(trace.fields, into: &context, using: EventTraceExtractor())
        return context
    }
}

private struct EventTraceExtractor: Extractor {
    func extract(key: String, from carrier: [String: String]) -> String? { carrier[key] }
}
