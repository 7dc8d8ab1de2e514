import ConfigModel
import Foundation
import TestSupport
import Testing

extension CommandLineTests {
    /// The benchmark on the embedded store.
    @Suite struct BenchTests {
        @Test func everyLatencyAndRateOfASmallRunIsToldUnderItsName() async throws {
            try await withBench { bench in
                let result = try await bench.configbus(
                    "bench", "--watchers", "2", "--updates", "20", "--size", "512", "--data-dir", bench.path("data"),
                    "--output", "json")
                #expect(result.status == .exited(0))
                try BenchObject(result.json()).check(watchers: 2, transport: "sse", updates: 20, size: 512)
            }
        }

        @Test func severalWritersOnSeveralSignedDocumentsReachEveryWatcher() async throws {
            try await withBench { bench in
                let result = try await bench.configbus(
                    "bench", "--watchers", "2", "--updates", "40", "--keys", "3", "--writers", "4", "--signed",
                    "--data-dir", bench.path("data"), "--output", "json")
                #expect(result.status == .exited(0))
                try BenchObject(result.json()).check(watchers: 2, transport: "sse", updates: 40, size: 2_048)
            }
        }

        @Test(arguments: ["1", "4"])
        func updatesAtARateAreNoMoreThanTheRate(writers: String) async throws {
            try await withBench { bench in
                let result = try await bench.configbus(
                    "bench", "--updates", "21", "--rate", "40", "--writers", writers, "--data-dir", bench.path("data"),
                    "--output", "json")
                #expect(result.status == .exited(0))
                let object = try BenchObject(result.json())
                #expect(try object.number("rate") == 40)
                // Twenty intervals lie between the first and the last; the last one's own time makes it less.
                #expect(try object.number("writes_per_second") <= 21 / 0.5)
            }
        }

        @Test(arguments: [true, false])
        func withoutHTTPNoRequestIsMadeThatTheServerCouldRefuse(isWithout: Bool) async throws {
            try await withBench { bench in
                let result = try await bench.configbus(
                    ["bench", "--updates", "20", "--size", "2048", "--max-content-bytes", "1024"]
                        + (isWithout ? ["--without-http"] : [])
                        + ["--data-dir", bench.path("data"), "--output", "json"])
                guard isWithout else { return #expect(result.errors.contains("larger than 1024 bytes")) }
                #expect(result.status == .exited(0))
                try BenchObject(result.json()).check(
                    watchers: 1, transport: "sse", updates: 20, size: 2_048, furtherFields: ["without_http"])
            }
        }

        @Test(.enabled(if: hasIPv6Loopback, "/proc/net/if_inet6 does not show ::1"))
        func theRegistryUnderTestListensAtAnAddressOfIPv6() async throws {
            try await withBench { bench in
                let result = try await bench.configbus(
                    "bench", "--updates", "5", "--host", "::1", "--data-dir", bench.path("data"))
                #expect(result.status == .exited(0))
            }
        }

        private static var hasIPv6Loopback: Bool {
            let addresses = try? String(contentsOfFile: "/proc/net/if_inet6", encoding: .utf8)
            return addresses?.contains(String(repeating: "0", count: 31) + "1 ") ?? false
        }

        @Test func nothingIsLeftInTheDataDirectory() async throws {
            try await withBench { bench in
                let data = bench.path("data")
                let result = try await bench.configbus("bench", "--updates", "5", "--data-dir", data)
                #expect(result.status == .exited(0))
                #expect(try FileManager.default.contentsOfDirectory(atPath: data) == [])
            }
        }

        @Test(arguments: [SIGTERM, SIGINT])
        func aSignalEndsItWithoutAComplaintAndNothingIsLeft(signal: Int32) async throws {
            try await withBench { bench in
                let data = bench.path("data")
                let process = try bench.start(["bench", "--updates", "1000000", "--data-dir", data])
                try await eventually("updates are sent") { process.errors.text.contains("sending") }
                process.send(signal)
                #expect(try await process.waitForExit() == .exited(130))
                for await _ in process.errors {}
                #expect(!process.errors.text.contains("error"))
                #expect(try FileManager.default.contentsOfDirectory(atPath: data) == [])
            }
        }

        @Test func theTableNamesEveryFigure() async throws {
            try await withBench { bench in
                let result = try await bench.configbus("bench", "--updates", "5", "--data-dir", bench.path("data"))
                #expect(result.status == .exited(0))
                for name in ["stored", "announced", "received", "applied", "floor: insert", "floor: both", "writes/s"] {
                    #expect(result.output.contains(name))
                }
            }
        }

        @Test func watchersOnABrokerThatNobodyNamedAreRefused() async throws {
            try await withBench { bench in
                let result = try await bench.configbus("bench", "--transport", "amqp")
                #expect(result.status == .exited(2))
                #expect(result.errors.contains("--amqp-uri"))
            }
        }

        @Test(arguments: ["watchers", "updates", "size", "keys", "writers", "rate"])
        func numbersOutOfBoundsAreRefusedByName(option: String) async throws {
            try await withBench { bench in
                let result = try await bench.configbus("bench", "--\(option)", "0")
                #expect(result.status == .exited(2))
                #expect(result.errors.contains("--\(option)"))
            }
        }
    }
}

extension EndToEnd {
    /// The benchmark on the real servers.
    @Suite struct BenchTests {
        @Test(arguments: ["amqp", "sse"])
        func watchersOverTheBusAndOverStreamsAreMeasured(transport: String) async throws {
            try await withBench { bench in
                let result = try await bench.configbus(
                    "bench", "--watchers", "3", "--transport", transport, "--updates", "20", "--signed",
                    "--mongodb-uri", bench.databaseURI(), "--amqp-uri", bench.brokerURI(), "--output", "json")
                #expect(result.status == .exited(0))
                let object = try BenchObject(result.json())
                try object.check(watchers: 3, transport: transport, updates: 20, size: 2_048)
                // What is signed needs no question to the registry.
                #expect(try object.fields.int64("registry_reads") == 0)
            }
        }

        @Test func watchersThatTrustNoKeyAskTheRegistryAboutEveryUpdate() async throws {
            try await withBench { bench in
                let result = try await bench.configbus(
                    "bench", "--updates", "20", "--mongodb-uri", bench.databaseURI(), "--amqp-uri", bench.brokerURI(),
                    "--output", "json")
                #expect(result.status == .exited(0))
                let object = try BenchObject(result.json())
                try object.check(watchers: 1, transport: "amqp", updates: 20, size: 2_048)
                #expect(try object.fields.int64("registry_reads") >= 20)
            }
        }
    }
}
