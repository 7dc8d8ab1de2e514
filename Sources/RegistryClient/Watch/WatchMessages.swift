import ConfigModel
import NIOCore
public import RegistryAPI

/// The messages of one watch, in order.
///
/// It ends only by throwing: when the connection is lost or silent for too long, when the registry says something that it
/// should not, or when the task is cancelled. Watch again then, with the versions that are known by now. It is valid only
/// inside the closure that received it, and can be iterated once.
public struct WatchMessages: AsyncSequence, Sendable {
    /// A message.
    public typealias Element = WatchMessage
    /// Why there are no more messages.
    public typealias Failure = RegistryClientError

    let chunks: NIOAsyncChannelInboundStream<ByteBuffer>
    let selection: WatchSelection
    let url: String

    /// Begins to read.
    public func makeAsyncIterator() -> Iterator {
        Iterator(chunks: chunks.makeAsyncIterator(), reader: WatchMessageReader(selection), source: self)
    }

    /// Reads message by message.
    public struct Iterator: AsyncIteratorProtocol {
        var chunks: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
        var reader: WatchMessageReader
        let source: WatchMessages

        /// The next message; never nil.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(RegistryClientError) -> WatchMessage? {
            while true {
                if let message = try decoded({ reader throws(InvalidResponse) in try reader.next() }) { return message }
                let chunk = try await nextChunk(isolation: actor)
                try decoded { reader throws(InvalidResponse) in
                    try chunk.withUnsafeReadableBytes { bytes throws(InvalidResponse) in try reader.append(bytes) }
                }
            }
        }

        private mutating func decoded<Value>(
            _ read: (inout WatchMessageReader) throws(InvalidResponse) -> Value
        ) throws(RegistryClientError) -> Value {
            do {
                return try read(&reader)
            } catch {
                throw .invalidAnswer(from: source.url, error.what)
            }
        }

        private mutating func nextChunk(
            isolation actor: isolated (any Actor)?
        ) async throws(RegistryClientError) -> ByteBuffer {
            let chunk: ByteBuffer?
            do {
                chunk = try await chunks.next(isolation: actor)
            } catch {
                throw TransportFailure(error).error(url: source.url, limit: WatchMessageReader.limit)
            }
            guard let chunk else {
                guard !Task.isCancelled else { throw TransportFailure.cancelled.error(url: source.url, limit: 0) }
                throw RegistryClientError(.interrupted, "The registry at \(source.url) ended the watch.")
            }
            return chunk
        }
    }
}
