import ConfigModel
import Foundation
import Glibc
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

/// What a registry does when the machine gives it no more of something.
@Suite("Without room or descriptors", .serialized, .timeLimit(.minutes(3)), .showsProcesses)
struct ResourceTests {
    @Test(.enabled(if: SmallDisk.isPossible, "Nobody but root may mount a small disk, and not everywhere"))
    func aFullDiskRefusesWritesAndLosesNothingAndWithoutARestartTheyGoOnWhenThereIsRoom() async throws {
        try await withSmallDisk { disk in
            try await withBench(on: nil) { bench in
                let arguments = ["serve", "--port", "0", "--data-dir", "\(disk.path)/data"]
                let registry = try await RunningRegistry(bench.start(arguments))
                for version in 1...3 { try await registry.publish(#"{"n": \#(version)}"#, as: bench.parsing) }
                let before = try await registry.history(of: bench.parsing)
                let large = #"{"a": "\#(String(repeating: "x", count: 200_000))"}"#
                try disk.fill()
                for _ in 1...3 {
                    let error = try await #require(throws: RegistryClientError.self) {
                        try await registry.publish(large, as: bench.parsing, overriding: ["blast-radius"])
                    }
                    #expect(error.problem?.type == "no-room" && error.problem?.status == 507)
                    #expect(error.message.contains("Nothing was stored."))
                }
                #expect(try await registry.status() == .degraded)
                #expect(try await registry.history(of: bench.parsing) == before)
                try disk.empty()
                let record = try await registry.publish(large, as: bench.parsing, overriding: ["blast-radius"])
                #expect(record.version == 4)
                #expect(try await registry.status() == .healthy)
                try await registry.process.kill9()
                let second = try await RunningRegistry(bench.start(arguments))
                let after = try await second.history(of: bench.parsing)
                #expect(Array(after.prefix(3)) == before && after.count == 4)
                #expect(HistoryCheck.violations(in: after) == [])
            }
        }
    }

    @Test func connectionsForWhichNoDescriptorIsLeftWaitAndAreServedWhenThereIsOne() async throws {
        try await withBench(on: nil) { bench in
            let serve = try bench.serveArguments(store: .embedded(), bus: .inProcess)
            let first = try await RunningRegistry(bench.start(serve))
            try await first.publish("{}", as: bench.parsing)
            let atRest = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(first.process.processID)/fd")
                .count
            try await first.process.kill9()

            // Fewer than it takes connections with that limit, whatever it needs for itself on this machine.
            let limited =
                ["-c", "ulimit -n \(atRest + 10); exec \"$0\" \"$@\"", try ConfigbusExecutable.path()] + serve
            let second = try await RunningRegistry(bench.start("/bin/sh", limited))
            try await second.publish("{}", as: bench.parsing)
            var connections = try (0..<60).map { _ in try Connection(port: second.port) }
            let complaint = "no descriptor is left for another connection"
            #expect(await second.process.errors.first { $0.contains(complaint) } != nil)
            for connection in connections { connection.ask("/health/live") }
            // Each is closed when it was answered, which makes room for one that waits.
            while !connections.isEmpty {
                #expect(connections.removeFirst().answer.hasPrefix("HTTP/1.1 200"))
            }
            #expect(await second.process.errors.first { $0.contains("connections are accepted again") } != nil)
            #expect(try await second.publish("{}", as: bench.parsing).version == 3)
        }
    }
}

/// A connection of which the test knows when it is closed.
private final class Connection {
    private let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                connect(descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(status == 0)
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    func ask(_ path: String) {
        let request = Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)
        _ = send(descriptor, request, request.count, Int32(MSG_NOSIGNAL))
    }

    /// What has come, or comes next.
    var answer: String {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
