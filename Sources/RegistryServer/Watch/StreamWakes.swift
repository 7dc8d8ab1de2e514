import NIOCore
import Synchronization

/// The streams of one event loop that have something to write.
///
/// A change that a thousand clients wait for asks each event loop once, and not a thousand times.
final class StreamWakes: Sendable {
    private let eventLoop: any EventLoop
    private let woken = Mutex<[EventStreamWriter]>([])

    init(_ eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    /// Has the stream write what it has; on any thread.
    func wake(_ stream: EventStreamWriter) {
        let isFirst = woken.withLock { woken in
            woken.append(stream)
            return woken.count == 1
        }
        if isFirst { eventLoop.execute { [self] in writeAll() } }
    }

    private func writeAll() {
        let streams = woken.withLock { woken in
            defer { woken = [] }
            return woken
        }
        for stream in streams { stream.writeNext() }
    }
}

/// What all streams of a server share.
final class StreamResources: Sendable {
    /// The frames of heads that were told lately.
    let frames = HeadForms(bytes: 16 * 1_024 * 1_024) { EventFrame.change($0) }
    private let wakes = Mutex<[ObjectIdentifier: StreamWakes]>([:])

    /// The event loop's own.
    func wakes(of eventLoop: any EventLoop) -> StreamWakes {
        wakes.withLock { wakes in
            if let known = wakes[ObjectIdentifier(eventLoop)] { return known }
            let new = StreamWakes(eventLoop)
            wakes[ObjectIdentifier(eventLoop)] = new
            return new
        }
    }
}
