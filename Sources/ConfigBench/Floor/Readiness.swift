import CRabbitMQ
import Glibc

/// Waits until one of many sockets can be read (`epoll`), in constant time however many there are.
///
/// It is not `Sendable`: one thread waits.
package final class Readiness {
    private static let batch = 256

    private let descriptor: Int32

    /// Makes the descriptor (epoll_create1(2)).
    package init() throws(BenchError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { throw Self.failure }
    }

    deinit { close(descriptor) }

    /// Watches a socket under a number.
    package func add(_ socket: Int32, as number: Int) throws(BenchError) {
        var event = epoll_event()
        event.events = EPOLLIN.rawValue
        event.data.u64 = UInt64(number)
        guard epoll_ctl(descriptor, EPOLL_CTL_ADD, socket, &event) == 0 else { throw Self.failure }
    }

    /// The numbers of the sockets that can be read; none when that takes longer than the limit.
    package func wait(atMost limit: Duration) -> [Int] {
        let milliseconds = limit.components.seconds * 1_000 + limit.components.attoseconds / 1_000_000_000_000_000
        return withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: Self.batch) { events in
            let count = epoll_wait(descriptor, events.baseAddress, Int32(Self.batch), Int32(clamping: milliseconds))
            return (0..<max(0, Int(count))).map { Int(events[$0].data.u64) }
        }
    }

    private static var failure: BenchError {
        BenchError("The system lets no more sockets be watched: \(String(cString: strerror(errno))).")
    }
}
