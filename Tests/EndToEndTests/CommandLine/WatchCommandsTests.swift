import ConfigModel
import Foundation
import Glibc
import TestSupport
import Testing

extension CommandLineTests {
    /// `--check` before and `--exec` after the file is replaced.
    @Suite struct WatchCommandsTests {
        /// A command that writes down what it finds: its name, the version, its input, and what lies in CONFIGBUS_FILE and in
        /// `out`.
        private static func note(_ name: String, _ out: String, _ log: String, fails pattern: String) -> String {
            """
            input=$(cat); file=$(cat "$CONFIGBUS_FILE" 2>/dev/null || echo none); out=$(cat '\(out)' 2>/dev/null || echo none)
            echo "\(name) $CONFIGBUS_VERSION $input $file $out" >> '\(log)'
            case $input in *\(pattern)*) exit 1;; esac
            """
        }

        private static func lines(_ log: String) -> [String] {
            (FileManager.default.contents(atPath: log).map { String(decoding: $0, as: UTF8.self) } ?? "")
                .split(separator: "\n").map(String.init)
        }

        private static func text(_ path: String) -> String? {
            FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
        }

        @Test func checkSeesTheCandidateBeforeAnythingChangesExecTheNewFileRefusedTheOldOneIsBack() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let (out, log) = (bench.path("out.json"), bench.path("log"))
                let watcher = try bench.startWatcher(
                    of: "parsing", at: registry, over: .serverSentEvents,
                    [
                        "--out", out, "--check", Self.note("check", out, log, fails: "unchecked"),
                        "--exec", Self.note("exec", out, log, fails: "unrun"),
                    ])
                let (one, four) = (#"{"n":1}"#, #"{"n":4}"#)
                let (unchecked, unrun) = (#"{"unchecked":2}"#, #"{"unrun":3}"#)
                try await registry.publish(one, as: bench.parsing)
                try await watcher.report("applied", 1, of: bench.parsing)
                try await registry.publish(unchecked, as: bench.parsing)
                #expect(try await watcher.report("rejected", 2, of: bench.parsing).reason?.contains("--check") == true)
                try await registry.publish(unrun, as: bench.parsing)
                #expect(try await watcher.report("rejected", 3, of: bench.parsing).reason?.contains("--exec") == true)
                #expect(Self.text(out) == one)
                try await registry.publish(four, as: bench.parsing)
                try await watcher.report("applied", 4, of: bench.parsing)
                #expect(Self.text(out) == four)
                #expect(
                    Self.lines(log) == [
                        "check 1 \(one) \(one) none", "exec 1 \(one) \(one) \(one)",
                        "check 2 \(unchecked) \(unchecked) \(one)",
                        "check 3 \(unrun) \(unrun) \(one)", "exec 3 \(unrun) \(unrun) \(unrun)",
                        "exec 1 \(one) \(one) \(one)",
                        "check 4 \(four) \(four) \(one)", "exec 4 \(four) \(four) \(four)",
                    ])
                let files = try FileManager.default.contentsOfDirectory(atPath: bench.directory)
                #expect(files.filter { $0.contains("out.json") } == ["out.json"])
            }
        }

        @Test func aRejectedVersionThatHadNoFileBeforeItLeavesNoneAndExecIsNotRepeated() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let (out, log) = (bench.path("out.json"), bench.path("log"))
                try await registry.publish(#"{"unrun":1}"#, as: bench.parsing)
                let result = try await bench.configbus(
                    "watch", "parsing", "-e", "prod", "--once", "--out", out, "--exec",
                    Self.note("exec", out, log, fails: "unrun"), at: registry)
                #expect(result.status == .exited(1))
                #expect(!FileManager.default.fileExists(atPath: out) && Self.lines(log).count == 1)
            }
        }

        @Test func withoutOutCheckSeesTheCandidateTooInAFileOfItsOwnThatIsRemoved() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let log = bench.path("log")
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                let result = try await bench.configbus(
                    "watch", "parsing", "-e", "prod", "--once", "--check",
                    Self.note("check", "/nonexistent", log, fails: "bad") + "\necho \"$CONFIGBUS_FILE\" >> '\(log)'",
                    at: registry)
                #expect(result.status == .exited(0))
                let lines = Self.lines(log)
                try #require(lines.count == 2)
                #expect(lines[0] == #"check 1 {"n":1} {"n":1} none"#)
                #expect(lines[1].hasSuffix(".json") && !FileManager.default.fileExists(atPath: lines[1]))
            }
        }
    }
}
