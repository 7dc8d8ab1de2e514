import ConfigModel
import ConfigStore
import Foundation
import Logging
import SQLiteStore
import TestSupport
import Testing

/// What a backup of a million versions takes; long, so that it only runs with `CONFIGBUS_TEST_SCALE=1`, and meant for a release
/// build (`CONFIGBUS_TEST_EXECUTABLE`).
@Suite(
    "A large backup", .serialized, .timeLimit(.minutes(60)), .showsProcesses,
    .enabled(if: ProcessInfo.processInfo.environment["CONFIGBUS_TEST_SCALE"] == "1", "CONFIGBUS_TEST_SCALE is not 1"))
struct LargeBackupTests {
    private static let documents = 10_000
    private static let versions = 100
    private static let mebibyte = 1 << 20

    @Test func aMillionVersionsAreTakenWithinFiveMinutesInFlatMemory() async throws {
        try await withBench(on: nil) { bench in
            try await fill(bench.path("data"))
            let registry = try await bench.startEmbedded()
            _ = try await registry.status()
            let before = try Self.peakBytes(of: registry.process)
            let start = ContinuousClock.now
            let taken = try await bench.configbus("backup", bench.path("large.jsonl"), "-o", "json", at: registry)
            let time = ContinuousClock.now - start
            #expect(taken.status == .exited(0), "\(taken.errors)")
            #expect(try taken.object().int64("versions") == Int64(Self.documents * Self.versions))
            let growth = try Self.peakBytes(of: registry.process) - before
            let size = try FileManager.default.attributesOfItem(atPath: bench.path("large.jsonl"))[.size] as? Int ?? 0
            print(
                "backup of \(Self.documents * Self.versions) versions: \(time), \(size / Self.mebibyte) MiB, "
                    + "the registry grew by \(growth / Self.mebibyte) MiB")
            #expect(time < .seconds(300))
            #expect(growth < 128 * Self.mebibyte)
            let restoring = ContinuousClock.now
            let restored = try await bench.configbus(
                "restore", bench.path("large.jsonl"), "--data-dir", bench.path("restored"))
            #expect(restored.status == .exited(0), "\(restored.errors)")
            print("restored in \(ContinuousClock.now - restoring)")
        }
    }

    private func fill(_ directory: String) async throws {
        let store = try await SQLiteStore.open(directory: directory, logger: .silent)
        for document in 0..<Self.documents {
            var chain = try VersionChain("service-\(document)/prod")
            let records = (0..<Self.versions).map { number in
                chain.next(#"{"limit":\#(number),"name":"service \#(document)","pool":{"size":10}}"#)
            }
            try await store.restore(records)
        }
        await store.close()
    }

    private static func peakBytes(of process: ChildProcess) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process.processID)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }) * 1_024
    }
}
