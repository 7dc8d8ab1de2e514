package import ConfigModel
import Synchronization

/// A head as it is shared by the cache, the relay and every watch: one object per version, so that its event
/// is made at most once.
package final class HeadSnapshot: Sendable {
    /// The version.
    package let record: VersionRecord
    /// The store's epoch in which this is the head. It differs from the record's own after the store got a new epoch.
    package let epoch: Epoch

    /// The trace in which it was made; nil for none, and for one that was read.
    let trace: PublicationTrace?

    private let event = AtomicLazyReference<EncodedEvent>()

    /// A head of the store's present epoch.
    package convenience init(_ record: VersionRecord, epoch: Epoch) { self.init(record, epoch: epoch, trace: nil) }

    init(_ record: VersionRecord, epoch: Epoch, trace: PublicationTrace?) {
        self.record = record
        self.epoch = epoch
        self.trace = trace
    }

    /// The document.
    package var key: DocumentKey { record.key }

    /// The strong `ETag` of this head, quotes included.
    package var etag: String { epoch.etag(record.version) }

    /// The trace in which it was published a moment ago; nil when it was none, or is over.
    package var recentTrace: TraceContext? { trace.flatMap { $0.isRecent ? $0.fields : nil } }

    /// The event with its content, whatever the inline limit, made for the first caller.
    package var encodedEvent: EncodedEvent {
        event.load() ?? event.storeIfNil(EncodedEvent(ConfigEvent(record, inlineLimit: .max)))
    }
}

/// An event as it travels.
package final class EncodedEvent: Sendable {
    /// The event's identifier.
    package let identifier: String
    /// The envelope.
    package let bytes: [UInt8]

    init(_ event: ConfigEvent) {
        identifier = event.eventID
        bytes = event.jsonBytes
    }
}
