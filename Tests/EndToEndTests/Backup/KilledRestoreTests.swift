import ConfigModel
import ConfigStore
import Foundation
import Logging
import MongoStore
import TestSupport
import Testing

extension EndToEnd {
    /// A restore that ends before its time, and a backup that does not hold.
    @Suite struct KilledRestoreTests {
        /// Killed where it may be: while it verifies, while it writes, and at the end.
        @Test(arguments: CommandStore.there)
        func restoreThatIsKilledAgainAndAgainComesToTheSameStore(_ store: CommandStore) async throws {
            try await withBench { bench in
                let records = try await bench.longBackup("long.jsonl", documents: 20, versions: 100)
                let restore = ["restore", bench.path("long.jsonl")] + (try bench.storeOptions(store))
                let begun = ContinuousClock.now
                let whole = try await bench.configbus("backup", "verify", bench.path("long.jsonl"))
                #expect(whole.status == .exited(0), "\(whole.errors)")
                let once = ContinuousClock.now - begun
                var (kills, refusals) = (0, 0)
                for attempt in 0..<8 {
                    let process = try bench.start(restore)
                    // Up to the time of both readings and of the writes between them.
                    try await Task.sleep(for: once * Double.random(in: 0.5...1.4 + 0.3 * Double(attempt)))
                    try await process.kill9()
                    if process.exitStatus == .exited(0) { break }
                    kills += 1
                    if try await isRefused(bench, store) { refusals += 1 }
                }
                // The last one may have been killed behind its last write.
                let done = try await bench.configbus(restore)
                #expect(done.status == .exited(0), "\(done.errors)")
                #expect(kills > 0)
                let found = try await bench.records(of: store)
                #expect(
                    found.map(\.jsonBytes) == records.map(\.jsonBytes), "after \(kills) kills, \(refusals) refusals")
                let again = try await bench.configbus(restore)
                #expect(again.status == .exited(0) && again.output.contains("was restored before"), "\(again.errors)")
            }
        }

        /// A store with a part of a backup is not served; before the first version it is an empty one.
        private func isRefused(_ bench: TestBench, _ store: CommandStore) async throws -> Bool {
            let result = try await bench.configbus(["admin", "signing"] + bench.storeOptions(store))
            if result.status == .exited(0) { return false }
            #expect(result.errors.contains("configbus restore") || result.errors.contains("no embedded store"))
            return result.errors.contains("configbus restore")
        }

        @Test func anotherBackupIsNotPutOnTopOfAPart() async throws {
            try await withBench { bench in
                _ = try await bench.longBackup("one.jsonl", documents: 1, versions: 3)
                _ = try await bench.longBackup("other.jsonl", documents: 2, versions: 3)
                try await bench.beginRestore(of: "one.jsonl")
                let other = try await bench.configbus(
                    "restore", bench.path("other.jsonl"), "--data-dir", bench.path("restored"))
                #expect(other.status == .exited(1) && other.errors.contains("another backup"), "\(other.errors)")
                let served = try await bench.configbus("serve", "--port", "0", "--data-dir", bench.path("restored"))
                #expect(served.status == .exited(1) && served.errors.contains("configbus restore"), "\(served.errors)")
                let done = try await bench.configbus(
                    "restore", bench.path("one.jsonl"), "--data-dir", bench.path("restored"))
                #expect(done.status == .exited(0), "\(done.errors)")
            }
        }

        /// It would show a part of a history, and what it writes would spoil the restore.
        @Test(.enabled(if: TestServers.areThere))
        func registryThatRunsOnTheDatabaseEnds() async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(on: .mongodb)
                let store = try await MongoStore.open(uri: bench.databaseURI(), logger: .silent)
                let mark = RestoreMark(backup: SHA256Text.hash([1]), hasAccess: false)
                let isBegun = try await store.beginRestore(mark, after: nil)
                #expect(isBegun)
                await store.close()
                let status = try await registry.process.waitForExit()
                for await _ in registry.process.errors {}
                #expect(status == .exited(1))
                #expect(registry.process.errors.text.contains("is being restored into this store"))
            }
        }

        @Test func pipeIsRefusedBeforeAnythingIsMade() async throws {
            try await withBench { bench in
                let pipe = bench.path("pipe")
                #expect(mkfifo(pipe, 0o600) == 0)
                // With a writer there, opening does not wait.
                let descriptor = open(pipe, O_RDWR | O_CLOEXEC)
                defer { close(descriptor) }
                let result = try await bench.configbus("restore", pipe, "--data-dir", bench.path("restored"))
                #expect(result.status == .exited(1) && result.errors.contains("read twice"), "\(result.errors)")
                #expect(!FileManager.default.fileExists(atPath: bench.path("restored")))
            }
        }

        @Test func damagedBackupIsNamedAndNothingIsMade() async throws {
            try await withBench { bench in
                _ = try await bench.longBackup("good.jsonl", documents: 2, versions: 5)
                let good = try String(contentsOfFile: bench.path("good.jsonl"), encoding: .utf8)
                let lines = good.split(separator: "\n")
                for (text, line) in [
                    (good.replacing(#""n":3"#, with: #""n":7"#, maxReplacements: 1), 5),
                    (String(good.dropLast(100)), 12),
                    (lines.dropLast().joined(separator: "\n") + "\n", 12), ("", 1),
                    ((lines.prefix(4) + lines.dropFirst(5)).joined(separator: "\n") + "\n", 5),
                ] {
                    try text.write(toFile: bench.path("bad.jsonl"), atomically: true, encoding: .utf8)
                    for command in [
                        ["backup", "verify", bench.path("bad.jsonl")],
                        ["restore", bench.path("bad.jsonl"), "--data-dir", bench.path("restored")],
                    ] {
                        let result = try await bench.configbus(command + ["-o", "json"])
                        #expect(result.status == .exited(1))
                        #expect(try result.object().int64("line") == Int64(line), "\(result.errors)")
                    }
                }
                #expect(!FileManager.default.fileExists(atPath: bench.path("restored")))
            }
        }

        @Test(arguments: ["SQLite format 3\0", #"{"service_name": "parsing"}"#, "\u{1}\u{2}\n\u{3}", "configbus"])
        func fileThatIsNoBackupIsNamedAsSuch(_ text: String) async throws {
            try await withBench(on: nil) { bench in
                try text.write(toFile: bench.path("other"), atomically: true, encoding: .utf8)
                for command in [["backup", "verify"], ["restore"]] {
                    let result = try await bench.configbus(command + [bench.path("other")])
                    #expect(result.status == .exited(1))
                    #expect(result.errors == "error: \(bench.path("other")) is not a backup of ConfigBus.\n")
                }
            }
        }
    }
}
