import Glibc

/// What a `TCPProxy` does at present, and the threads that wait for it to change.
///
/// Unchecked: `mutex` guards everything.
final class TCPProxyGate: @unchecked Sendable {
    enum Mode { case forwarding, frozen, answersDropped, answersChanged, cut }

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var current = Mode.forwarding
    private var sockets: [TestSocket] = []
    private var connections = 0
    private var damagedBytes = 0

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    var mode: Mode { locked { current } }

    /// How many connections there have been.
    var connectionCount: Int { locked { connections } }

    /// How many bytes were not forwarded as they were read.
    var damagedCount: Int { locked { damagedBytes } }

    func countDamage(_ count: Int) { locked { damagedBytes += count } }

    func set(_ mode: Mode) {
        locked {
            current = mode
            if mode == .cut {
                for socket in sockets { socket.cut() }
                sockets.removeAll()
            }
            pthread_cond_broadcast(changed)
        }
    }

    func add(_ client: TestSocket, _ server: TestSocket) {
        locked {
            sockets += [client, server]
            connections += 1
        }
        // Cut between the look at the mode and here.
        if mode == .cut { set(.cut) }
    }

    /// What to do with what was read; nil when the connection is to end.
    func waitWhileFrozen() -> Mode? {
        locked {
            while current == .frozen { pthread_cond_wait(changed, mutex) }
            return current == .cut ? nil : current
        }
    }

    private func locked<Result>(_ body: () -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }
}
