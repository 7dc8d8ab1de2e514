import ConfigModel
import Foundation
import RegistryClient
import TestSupport
import Testing

/// What an import of 30,000 documents takes, and those who read meanwhile; long, so that it only runs with
/// `CONFIGBUS_TEST_SCALE=1`, and to be measured with a program that was built for release.
@Suite(
    .serialized, .timeLimit(.minutes(10)), .showsProcesses,
    .enabled(if: ProcessInfo.processInfo.environment["CONFIGBUS_TEST_SCALE"] == "1", "CONFIGBUS_TEST_SCALE is not 1"))
struct ImportScaleTests {
    private static let services = 10_000
    private static let environments = ["default", "staging", "prod"]

    @Test(arguments: CommandStore.there)
    func tenThousandServicesInThreeEnvironmentsAreImportedWhileReadsAreServed(store: CommandStore) async throws {
        try await withBench { bench in
            let registry = try await bench.startRegistry(on: store)
            let folder = try DocumentFolder("config", in: bench)
            for environment in Self.environments {
                for number in 0..<Self.services {
                    try folder.write(
                        #"{"database": {"host": "db\#(number)", "pool": {"max": \#(number)}}, "debug": false, "hosts": ["a", "b"]}"#,
                        to: "\(environment)/tenants.t\(number).json")
                }
            }
            let key = try DocumentKey(service: "read", environment: "prod")
            try await registry.publish("{}", as: key)
            let reads = Task { try await Self.latencies(of: key, at: registry) }
            let start = ContinuousClock.now
            let made = try await bench.configbus("import", folder.path, "-o", "json", at: registry)
            let time = ContinuousClock.now - start
            reads.cancel()
            let latencies = try await reads.value.sorted()
            #expect(made.status == .exited(0), "\(made.errors)")
            #expect(try await registry.contentHashes().count == Self.services * Self.environments.count + 1)
            let p99 = try #require(latencies.isEmpty ? nil : latencies[latencies.count * 99 / 100])
            print("import of 30,000 documents, \(store): \(time), \(latencies.count) reads beside it, p99 \(p99)")
            #expect(time <= .seconds(180))
            #expect(p99 < .milliseconds(20))
            let again = ContinuousClock.now
            let check = try await bench.configbus("import", folder.path, "--check", at: registry)
            print("the same with nothing to do: \(ContinuousClock.now - again)")
            #expect(check.status == .exited(0))
        }
    }

    /// Reads until it is cancelled, a hundred times a second.
    private static func latencies(of key: DocumentKey, at registry: RunningRegistry) async throws -> [Duration] {
        var latencies: [Duration] = []
        while !Task.isCancelled {
            let start = ContinuousClock.now
            do { _ = try await registry.client.head(of: key) } catch {
                guard error.code != .cancelled else { break }
                throw error
            }
            latencies.append(ContinuousClock.now - start)
            do { try await Task.sleep(for: .milliseconds(10)) } catch { break }
        }
        return latencies
    }
}
