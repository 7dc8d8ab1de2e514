import ConfigModel
import ConfigWatcher
import Foundation
import RegistryAPI
import RegistryClient
import RegistrySource
import Synchronization
import TestSupport
import Testing

/// What a group of 30,000 documents takes; long, so that it only runs with `CONFIGBUS_TEST_SCALE=1`. The bounds are those of a
/// release build; one for debugging, whose memory and time are several times as much, prints what it took.
@Suite(
    "A large group", .serialized, .timeLimit(.minutes(10)), .showsProcesses,
    .enabled(if: ProcessInfo.processInfo.environment["CONFIGBUS_TEST_SCALE"] == "1", "CONFIGBUS_TEST_SCALE is not 1"))
struct LargeGroupTests {
    private static let documents = 30_000
    private static let bytes = 2_048
    #if DEBUG
        private static let hasBounds = false
    #else
        private static let hasBounds = true
    #endif

    @Test(arguments: [ChangeSetPolicy.each, .together])
    func thirtyThousandDocumentsBelowAPrefixAreCurrentWithinTheirBounds(policy: ChangeSetPolicy) async throws {
        try await withBench(on: nil) { bench in
            let registry = try await bench.startEmbedded()
            try await fill(registry)
            let before = try Self.residentBytes()
            let start = ContinuousClock.now
            let group = WatcherGroup(source: .registry(registry.client), changeSets: policy, logger: nil)
            let applied = Atomic(0)
            group.observe { if $0.kind == .applied { applied.add(1, ordering: .relaxed) } }
            let tenants = try group.follow(prefix: "tenants", environment: "prod")
            bench.runBeside { try await group.run() }
            try await eventually("all", within: .seconds(280)) { applied.load(ordering: .relaxed) == Self.documents }
            let time = ContinuousClock.now - start
            let cost = (try Self.residentBytes() - before) / Self.documents - Self.bytes
            print(
                "\(Self.documents) documents, \(policy): current after \(time), \(cost) bytes a document beyond the content"
            )
            #expect(tenants.watchers.count == Self.documents)
            #expect(!Self.hasBounds || time < .seconds(30))
            #expect(!Self.hasBounds || cost <= 8_192)
        }
    }

    private func fill(_ registry: RunningRegistry) async throws {
        let text = String(repeating: "x", count: Self.bytes - 12)
        let content = try Content(parsing: Array("{\"text\":\"\(text)\"}".utf8))
        for start in stride(from: 0, to: Self.documents, by: 100) {
            let changes = try (start..<start + 100).map { number in
                DocumentChange(
                    .publish(content), of: try DocumentKey(service: "tenants.t\(number)", environment: "prod"))
            }
            _ = try await registry.client.publish(changeSet: ChangeSetPublication(changes))
        }
    }

    private static func residentBytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
        return try #require(Int(line.split(separator: " ").dropLast().last ?? "")) * 1_024
    }
}
