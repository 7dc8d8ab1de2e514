import Foundation
import RegistryAPI
import TestSupport
import Testing

@testable import configbus

extension CommandLineTests {
    /// What a registry and an audit tell systemd (sd_notify(3)).
    @Suite struct ServiceManagerTests {
        enum Place: String, CaseIterable, CustomTestStringConvertible {
            case path
            case abstract

            var testDescription: String { rawValue }

            func name(_ bench: TestBench) -> String {
                self == .path ? bench.path("notify") : "@configbus-\(bench.name)"
            }
        }

        @Test(arguments: Place.allCases)
        func aRegistryIsReadyWhenItListensIsAliveReloadsAtSIGHUPAndStopsAtSIGTERM(place: Place) async throws {
            try await withBench { bench in
                let name = place.name(bench)
                let manager = try NotifySocket(name)
                let registry = try await RunningRegistry(
                    bench.start(
                        bench.serveArguments(store: .embedded(), bus: .inProcess),
                        environment: ["NOTIFY_SOCKET": name, "WATCHDOG_USEC": "200000"]))
                try await manager.wait(for: "READY=1")
                #expect(try await registry.status() == .healthy)
                try await manager.wait(for: "STATUS=listening on \(registry.url)")
                try await manager.wait(for: "WATCHDOG=1", times: 3)
                #expect(!manager.lines.lines.contains("RELOADING=1"))

                registry.process.send(SIGHUP)
                try await manager.wait(for: "READY=1", times: 2)
                let reload = manager.lines.lines.drop { $0 != "RELOADING=1" }
                #expect(reload.dropFirst().first?.hasPrefix("MONOTONIC_USEC=") == true)
                #expect(try await registry.status() == .healthy)

                #expect(!manager.lines.lines.contains("STOPPING=1"))
                registry.process.send(SIGTERM)
                #expect(try await registry.process.waitForExit() == .exited(0))
                try await manager.wait(for: "STOPPING=1")
            }
        }

        @Test func nothingIsSaidToAManagerThatDoesNotWatchButThatItIsReadyAndStops() async throws {
            try await withBench { bench in
                let manager = try NotifySocket(bench.path("notify"))
                let registry = try await RunningRegistry(
                    bench.start(
                        bench.serveArguments(store: .embedded(), bus: .inProcess),
                        environment: ["NOTIFY_SOCKET": bench.path("notify")]))
                registry.process.send(SIGTERM)
                try await manager.wait(for: "STOPPING=1")
                #expect(try await registry.process.waitForExit() == .exited(0))
                #expect(
                    manager.lines.lines == [
                        "READY=1", "STATUS=listening on \(registry.url)", "STOPPING=1", "STATUS=stopping",
                    ])
            }
        }

        @Test(arguments: ["/nothing/is/here", "@nothing-is-here", "here"])
        func aManagerThatIsNotThereHoldsUpNothing(name: String) async throws {
            try await withBench { bench in
                let registry = try await RunningRegistry(
                    bench.start(
                        bench.serveArguments(store: .embedded(), bus: .inProcess),
                        environment: ["NOTIFY_SOCKET": name, "WATCHDOG_USEC": "20000"]))
                #expect(try await registry.status() == .healthy)
                registry.process.send(SIGTERM)
                #expect(try await registry.process.waitForExit() == .exited(0))
            }
        }

        /// An environment, and what it says.
        struct Case: CustomTestStringConvertible {
            let environment: [String: String]
            var address: [UInt8]?
            var interval: Duration?

            var testDescription: String { "\(environment)" }
        }

        static let cases = [
            Case(environment: [:]),
            Case(environment: ["NOTIFY_SOCKET": ""]),
            Case(environment: ["NOTIFY_SOCKET": "/"]),
            Case(environment: ["NOTIFY_SOCKET": "vsock:2:1234"]),
            Case(environment: ["NOTIFY_SOCKET": "/" + String(repeating: "x", count: 107)]),
            Case(environment: ["NOTIFY_SOCKET": "/run/n"], address: Array("/run/n".utf8)),
            Case(environment: ["NOTIFY_SOCKET": "@n"], address: [0, UInt8(ascii: "n")]),
            Case(
                environment: ["NOTIFY_SOCKET": "@n", "WATCHDOG_USEC": "30000000"], address: [0, UInt8(ascii: "n")],
                interval: .seconds(15)),
            Case(
                environment: ["NOTIFY_SOCKET": "@n", "WATCHDOG_USEC": "soon"], address: [0, UInt8(ascii: "n")]),
            Case(
                environment: ["NOTIFY_SOCKET": "@n", "WATCHDOG_USEC": "0"], address: [0, UInt8(ascii: "n")]),
            Case(
                environment: ["NOTIFY_SOCKET": "@n", "WATCHDOG_USEC": "2000000", "WATCHDOG_PID": "\(getpid())"],
                address: [0, UInt8(ascii: "n")], interval: .seconds(1)),
            Case(
                environment: ["NOTIFY_SOCKET": "@n", "WATCHDOG_USEC": "2000000", "WATCHDOG_PID": "1"],
                address: [0, UInt8(ascii: "n")]),
        ]

        @Test(arguments: cases)
        func socketAndWatchdogAreReadFromTheEnvironmentAndOnlyThisProcesssWatchdogCounts(expected: Case) {
            let manager = ServiceManager(expected.environment)
            #expect(manager?.address == expected.address)
            #expect(manager?.interval == expected.interval)
        }
    }
}

extension EndToEnd {
    /// What an audit tells systemd.
    @Suite struct AuditServiceTests {
        @Test func anAuditIsReadyWhenItsLogIsOpenAndSaysWhenItStops() async throws {
            try await withBench { bench in
                let manager = try NotifySocket(bench.path("notify"))
                let registry = try await bench.startRegistry()
                let audit = try bench.start(
                    [
                        "audit", "--amqp-uri", bench.brokerURI(), "--exchange", bench.exchange, "--name", bench.name,
                        "--file", bench.path("audit.jsonl"), "--url", registry.url,
                    ], environment: ["NOTIFY_SOCKET": bench.path("notify")])
                try await manager.wait(for: "READY=1")
                #expect(FileManager.default.fileExists(atPath: bench.path("audit.jsonl")))
                audit.send(SIGTERM)
                try await manager.wait(for: "STOPPING=1")
                #expect(try await audit.waitForExit() == .exited(0))
            }
        }
    }
}
