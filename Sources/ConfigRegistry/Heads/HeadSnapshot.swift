package import ConfigModel
import Synchronization

/// A head as it is shared by the cache, the relay and everybody who watches: one object per version, so that its bytes
/// are made at most once.
package final class HeadSnapshot: Sendable {
    /// Bytes that are kept with the head.
    package enum Form: Sendable {
        /// An answer to `GET`.
        case response
        /// A frame of an event stream.
        case frame
    }

    package let record: VersionRecord
    /// The store's epoch in which this is the head. It differs from the record's own after the store got a new epoch.
    package let epoch: Epoch

    private let event = AtomicLazyReference<EncodedEvent>()
    private let response = AtomicLazyReference<EncodedBytes>()
    private let frame = AtomicLazyReference<EncodedBytes>()

    package init(_ record: VersionRecord, epoch: Epoch) {
        self.record = record
        self.epoch = epoch
    }

    package var key: DocumentKey { record.key }

    /// The strong `ETag` of this head, quotes included.
    package var etag: String { "\"\(epoch.number).\(record.version)\"" }

    /// The event with its content, whatever the inline limit, made by the first who asks.
    package var encodedEvent: EncodedEvent {
        event.load() ?? event.storeIfNil(EncodedEvent(ConfigEvent(record, inlineLimit: .max)))
    }

    /// Bytes in some form, made by the first who asks.
    package func bytes(as form: Form, _ encode: () -> [UInt8]) -> [UInt8] {
        switch form {
        case .response: Self.encoded(response, encode)
        case .frame: Self.encoded(frame, encode)
        }
    }

    private static func encoded(
        _ slot: borrowing AtomicLazyReference<EncodedBytes>, _ encode: () -> [UInt8]
    ) -> [UInt8] {
        if let ready = slot.load() { return ready.bytes }
        return slot.storeIfNil(EncodedBytes(encode())).bytes
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

/// Bytes behind a reference, so that they can be handed over without a lock.
private final class EncodedBytes: Sendable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }
}
