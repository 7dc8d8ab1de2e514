import AsyncSupport
import Glibc
import RabbitBus

/// The shortest way of bytes to many sockets: one thread writes them to one after the other, another reads until the last has all.
struct SocketFloor: Sendable {
    private let sender: SocketSender
    private let reader: SocketReader

    /// Connects pairs of TCP sockets on this machine.
    init(connections: Int) async throws {
        let pairs = try SocketPairs.connect(connections)
        sender = SocketSender(pairs.map(\.near))
        reader = try SocketReader(pairs.map(\.far))
    }

    /// From before the first write until the last byte was read.
    func time(_ bytes: [UInt8]) async throws -> Duration {
        async let finished = reader.read(bytes.count)
        let start = try await sender.send(bytes)
        return try await finished - start
    }

    func close() async {
        await sender.close()
        await reader.close()
    }
}

/// Writes, blocking.
private actor SocketSender {
    private let executor = QueueExecutor(label: "configbus.bench.sender")
    private var sockets: [Int32]

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ sockets: [Int32]) { self.sockets = sockets }

    /// Returns when it began.
    func send(_ bytes: [UInt8]) throws -> ContinuousClock.Instant {
        let start = ContinuousClock.now
        for socket in sockets {
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                guard count > 0 else { throw SocketPairs.failure }
                rest = rest.dropFirst(count)
            }
        }
        return start
    }

    func close() {
        for socket in sockets { Glibc.close(socket) }
        sockets = []
    }
}

/// Reads, blocking.
private actor SocketReader {
    private let executor = QueueExecutor(label: "configbus.bench.reader")
    private let readiness: Readiness
    private var sockets: [Int32]
    private var buffer = [UInt8](repeating: 0, count: 1 << 17)

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ sockets: [Int32]) throws {
        self.sockets = sockets
        readiness = try Readiness()
        for (number, socket) in sockets.enumerated() { try readiness.add(socket, as: number) }
    }

    /// Returns when every socket had so many bytes.
    func read(_ bytes: Int) throws -> ContinuousClock.Instant {
        var missing = bytes * sockets.count
        while missing > 0 {
            for number in readiness.wait(atMost: .seconds(1)) {
                let count = recv(sockets[number], &buffer, buffer.count, 0)
                guard count > 0 else { throw SocketPairs.failure }
                missing -= count
            }
        }
        return .now
    }

    func close() {
        for socket in sockets { Glibc.close(socket) }
        sockets = []
    }
}
