import EventBus
import Glibc

/// A pair of descriptors with which any thread wakes one that sleeps in `poll`.
final class Bell: Sendable {
    /// The end to poll for reading.
    let descriptor: Int32
    private let ringer: Int32

    init() throws(BusError) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw BusError(.unavailable, "The system gives no descriptors: \(String(cString: strerror(errno))).")
        }
        descriptor = ends[0]
        ringer = ends[1]
    }

    deinit {
        close(descriptor)
        close(ringer)
    }

    /// Never blocks: when the pair is full the other end is readable anyway.
    func ring() {
        var byte: UInt8 = 1
        send(ringer, &byte, 1, Int32(MSG_NOSIGNAL))
    }

    /// Takes all rings.
    func clear() {
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { buffer in
            while recv(descriptor, buffer.baseAddress, buffer.count, 0) == buffer.count {}
        }
    }
}
