import CRabbitMQ
import EventBus
import Glibc

/// A descriptor with which any thread wakes one that sleeps in `poll` (eventfd(2)).
final class Waker: Sendable {
    /// To be polled for reading.
    let descriptor: Int32

    init() throws(BusError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard descriptor >= 0 else {
            throw BusError(.unavailable, "The system gives no descriptors: \(String(cString: strerror(errno))).")
        }
    }

    deinit {
        close(descriptor)
    }

    /// Never blocks: when nothing can be added the descriptor is readable anyway.
    func ring() { eventfd_write(descriptor, 1) }

    /// Takes all rings.
    func clear() {
        var rings: eventfd_t = 0
        eventfd_read(descriptor, &rings)
    }
}
