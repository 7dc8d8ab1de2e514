import ConfigModel
import Foundation
import Glibc
import TestSupport
import Testing

@testable import configbus

extension CommandLineTests {
    /// The file that `watch --out` replaces.
    @Suite struct WatchOutTests {
        private struct Facts: Equatable {
            let mode: mode_t
            let user: uid_t
            let group: gid_t

            init(_ mode: mode_t, _ user: uid_t, _ group: gid_t) {
                self.mode = mode
                self.user = user
                self.group = group
            }

            init(_ path: String) throws {
                var facts = stat()
                try #require(lstat(path, &facts) == 0)
                self.init(facts.st_mode & 0o7777, facts.st_uid, facts.st_gid)
            }
        }

        @Test(arguments: [0o640, 0o604] as [mode_t])
        func modeAndOwnerOfAFileThatIsThereAreKept(mode: mode_t) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                let out = bench.path("out.json")
                try Data("old".utf8).write(to: URL(filePath: out))
                // Only the superuser may give a file away.
                let owner: (uid_t, gid_t) = geteuid() == 0 ? (65_534, 65_533) : (geteuid(), getegid())
                #expect(chown(out, owner.0, owner.1) == 0 && chmod(out, mode) == 0)
                let result = try await bench.configbus(
                    "watch", "parsing", "-e", "prod", "--once", "--out", out, "--mode", "0600", at: registry)
                #expect(result.status == .exited(0))
                #expect(FileManager.default.contents(atPath: out) == Data(#"{"n":1}"#.utf8))
                #expect(try Facts(out) == Facts(mode, owner.0, owner.1))
            }
        }

        @Test func aNewFileHasTheModeAndOwnerThatWereAskedFor() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                let out = bench.path("out.json")
                let owner: (uid_t, gid_t) = geteuid() == 0 ? (65_534, 65_533) : (geteuid(), getegid())
                let result = try await bench.configbus(
                    "watch", "parsing", "-e", "prod", "--once", "--out", out, "--mode", "0644", "--owner",
                    "\(owner.0):\(owner.1)", at: registry)
                #expect(result.status == .exited(0))
                #expect(try Facts(out) == Facts(0o644, owner.0, owner.1))
            }
        }

        @Test(arguments: [
            ["--mode", "rw"], ["--mode", "1777"], ["--owner", "nobody-of-that-name"],
            ["--owner", ":no-such-group"],
        ])
        func aModeOrOwnerThatIsNoneIsAWrongCommandLine(words: [String]) async throws {
            try await withBench(on: nil) { bench in
                let result = try await bench.configbus(["watch", "parsing", "--out", bench.path("out")] + words)
                #expect(result.status == .exited(2) && result.errors.contains(words[0]))
            }
        }

        @Test(arguments: ["directory", "link", "FIFO", "device"])
        func whatIsNoRegularFileIsRefusedByNameBeforeAnythingIsDone(kind: String) async throws {
            try await withBench(on: nil) { bench in
                let out = bench.path("out")
                switch kind {
                case "directory":
                    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: false)
                case "link": try FileManager.default.createSymbolicLink(atPath: out, withDestinationPath: "/dev/null")
                case "FIFO": #expect(mkfifo(out, 0o600) == 0)
                default:
                    // Never the real one: a failure of this test would take it from the whole machine.
                    guard mknod(out, S_IFCHR | 0o600, dev_t(1 << 8 | 3)) == 0 else { return }
                }
                let result = try await bench.configbus(
                    "watch", "parsing", "--once", "--out", out, environment: ["CONFIGBUS_URL": "http://127.0.0.1:9"])
                #expect(result.status == .exited(1) && result.errors.contains(out) && result.errors.contains(kind))
                #expect(try FileManager.default.contentsOfDirectory(atPath: bench.directory).contains("out"))
            }
        }

        @Test(arguments: ["missing/out.json", "file/out.json", "file/below/out.json", "closed/out.json", "", "folder/"])
        func aFolderInWhichNoFileCanBeWrittenIsRefusedByNameBeforeAnythingIsDone(place: String) async throws {
            try await withBench(on: nil) { bench in
                try Data().write(to: URL(filePath: bench.path("file")))
                try FileManager.default.createDirectory(
                    atPath: bench.path("closed"), withIntermediateDirectories: false,
                    attributes: [.posixPermissions: 0o500])
                // The superuser writes everywhere.
                if place.hasPrefix("closed"), geteuid() == 0 { return }
                let out = place.isEmpty ? "" : bench.path(place)
                let result = try await bench.configbus(
                    "watch", "parsing", "--once", "--out", out, environment: ["CONFIGBUS_URL": "http://127.0.0.1:9"])
                #expect(result.status == .exited(2) && result.errors.hasPrefix("error: --out "))
                #expect(result.errors.contains(place.split(separator: "/").first ?? "--out"))
                #expect(result.errors.split(separator: "\n").count == 1)
            }
        }

        @Test(arguments: [false, true])
        func aFolderThatVanishedIsNamedWithTheVersionWhichIsAppliedWhenTheFolderIsBack(isAsked: Bool) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let folder = bench.path("folder")
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
                let watcher = try bench.startWatcher(
                    of: "parsing", at: registry, over: .serverSentEvents, ["--out", "\(folder)/out.json"])
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                try await watcher.report("applied", 1, of: bench.parsing)
                try FileManager.default.removeItem(atPath: folder)
                try await registry.publish(#"{"n":2}"#, as: bench.parsing)
                let reason = try await watcher.report("rejected", 2, of: bench.parsing).reason ?? ""
                #expect(reason.contains("/folder does not exist") && reason.contains("tried again"))
                if isAsked {
                    // Said again to the person who asked.
                    watcher.process.send(SIGHUP)
                    try await eventually("the second refusal") {
                        try watcher.lines(about: bench.parsing).filter { $0.outcome == "rejected" }.count > 1 ? () : nil
                    }
                }
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
                if isAsked { watcher.process.send(SIGHUP) }
                try await watcher.report("applied", 2, of: bench.parsing)
                #expect(FileManager.default.contents(atPath: "\(folder)/out.json") == Data(#"{"n":2}"#.utf8))
            }
        }

        @Test(arguments: [true, false])
        func whatTookTheFilesPlaceLaterIsRefusedWithTheVersion(runsExec: Bool) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let (out, target) = (bench.path("out.json"), bench.path("target"))
                let watcher = try bench.startWatcher(
                    of: "parsing", at: registry, over: .serverSentEvents,
                    ["--out", out] + (runsExec ? ["--exec", "true"] : []))
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                try await watcher.report("applied", 1, of: bench.parsing)
                try FileManager.default.moveItem(atPath: out, toPath: target)
                try FileManager.default.createSymbolicLink(atPath: out, withDestinationPath: target)
                try await registry.publish(#"{"n":2}"#, as: bench.parsing)
                let reason = try await watcher.report("rejected", 2, of: bench.parsing).reason
                #expect(reason?.contains(out) == true && reason?.contains("symbolic link") == true)
                #expect(reason?.contains("tried again") == true)
                #expect(FileManager.default.contents(atPath: target) == Data(#"{"n":1}"#.utf8))
            }
        }

        @Test func aCacheFolderThatCannotBeMadeIsNamedAndTheVersionIsAppliedAllTheSame() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                try Data().write(to: URL(filePath: bench.path("file")))
                let watcher = try bench.startWatcher(
                    of: "parsing", at: registry, over: .serverSentEvents, ["--cache", bench.path("file/cache")])
                try await watcher.report("applied", 1, of: bench.parsing)
                for await line in watcher.process.errors where line.contains("/file/cache/") {
                    return #expect(line.contains("Not a directory") && !line.contains("NSCocoa"))
                }
                Issue.record("\(watcher.process.transcript)")
            }
        }

        @Test func eachDocumentNeedsAFileOfItsOwn() throws {
            let keys = Set([try DocumentKey(parsing: "a/prod"), try DocumentKey(parsing: "b/prod")])
            let environments = Set([try DocumentKey(parsing: "a/prod"), try DocumentKey(parsing: "a/test")])
            #expect(throws: CommandFailure.self) { try FileTemplate("/tmp/conf.json", for: keys) }
            #expect(throws: CommandFailure.self) { try FileTemplate("/tmp/{environment}.json", for: keys) }
            #expect(throws: Never.self) { try FileTemplate("/tmp/{service}.json", for: keys) }
            #expect(throws: Never.self) { try FileTemplate("/tmp/{environment}.json", for: environments) }
            #expect(throws: CommandFailure.self) { try FileTemplate("/tmp/{environment}/x.json", for: environments) }
        }
    }
}
