import ConfigModel
import Foundation
import Glibc
import TestSupport
import Testing

extension CommandLineTests {
    /// What `watch` prints, and what it does with a version.
    @Suite struct WatchTests {
        @Test func withOutputJsonEachVersionIsOneObjectOnOneLine() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let watcher = try bench.startWatcher(of: "parsing", at: registry, over: .serverSentEvents)
                let record = try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await watcher.report("applied", 1, of: bench.parsing)
                let line = try #require(watcher.process.output.lines.first)
                guard case .object(let object) = try JSONValue(parsing: line) else { throw NotAnObject(line: line) }
                #expect(try object.string("service_name") == "parsing")
                #expect(try object.string("environment") == "prod")
                #expect(try object.int64("version") == 1)
                #expect(try object.string("outcome") == "applied")
                #expect(try object.string("content_hash") == record.content.hash)
                #expect(object["latency_ms"] != nil && object["reason"] == .null)
            }
        }

        @Test func inTextEachVersionIsOneLineWithWhatCameFromSomebodyElseEscaped() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let process = try bench.start(
                    ["watch", "parsing", "-e", "prod", "--exec", #"printf '\033[31mno\n' >&2; exit 1"#],
                    environment: ["CONFIGBUS_URL": registry.url])
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                let line = try #require(await process.output.first { _ in true })
                #expect(line.contains("parsing/prod"))
                #expect(line.contains("rejected"))
                #expect(!process.output.text.contains("\u{1b}"))
            }
        }

        @Test func onceEndsWithCode0AfterTheFirstVersion() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                let out = bench.path("out.json")
                let result = try await bench.configbus(
                    "watch", "parsing", "-e", "prod", "--once", "--out", out, "--output", "json", at: registry)
                #expect(result.status == .exited(0))
                #expect(try result.lines.map { try WatchLine(parsing: String($0)).version } == [1])
                #expect(FileManager.default.contents(atPath: out).map { Array($0) } == Array(#"{"n":1}"#.utf8))
            }
        }

        @Test func execGetsTheContentOnStandardInputAndTheFactsInTheEnvironment() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let seen = bench.path("seen")
                let watcher = try bench.startWatcher(
                    of: "parsing", at: registry, over: .serverSentEvents,
                    ["--exec", "cat > '\(seen)'; env | grep ^CONFIGBUS_ | sort >> '\(seen)'"])
                let record = try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await watcher.report("applied", 1, of: bench.parsing)
                let text = try String(contentsOfFile: seen, encoding: .utf8)
                #expect(text.hasPrefix(#"{"n":1}"#))
                for fact in ["parsing", "prod", record.content.hash] { #expect(text.contains("=\(fact)\n")) }
            }
        }

        @Test func execReadsTheWholeContentEvenWhenTheWatcherIsKilledMeanwhile() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let (begun, go, seen) = (bench.path("begun"), bench.path("go"), bench.path("seen"))
                let wait = "touch '\(begun)'; while [ ! -e '\(go)' ]; do sleep 0.05; done"
                let watcher = try bench.startWatcher(
                    of: "parsing", at: registry, over: .serverSentEvents,
                    ["--exec", "\(wait); cat > '\(seen).new'; mv '\(seen).new' '\(seen)'"])
                // More than a pipe holds.
                let text = String(repeating: "x", count: 200_000)
                let record = try await registry.publish(#"{"text": "\#(text)"}"#, as: bench.parsing)
                try await eventually("the command's start") { FileManager.default.fileExists(atPath: begun) }
                try await watcher.process.kill9()
                #expect(FileManager.default.createFile(atPath: go, contents: nil))
                let read = try await eventually("what the command read") {
                    FileManager.default.contents(atPath: seen).map { Array($0) }
                }
                let isWhole = read == record.content.bytes
                #expect(isWhole, "\(read.count) bytes of \(record.content.bytes.count)")
            }
        }

        @Test(arguments: [("grep -q good", "command"), ("grep -q good || sleep 60", "timeout")])
        func aCommandThatFailsOrTakesTooLongRejectsTheVersionAndTheFileStaysAsItWas(
            command: String, kind: String
        ) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let out = bench.path("out.json")
                let watcher = try bench.startWatcher(
                    of: "parsing", at: registry, over: .serverSentEvents,
                    ["--exec", command, "--exec-timeout", "1", "--out", out])
                try await registry.publish(#"{"is": "good"}"#, as: bench.parsing)
                try await watcher.report("applied", 1, of: bench.parsing)
                try await registry.publish(#"{"is": "bad"}"#, as: bench.parsing)
                let line = try await watcher.report("rejected", 2, of: bench.parsing)
                #expect(line.reason?.isEmpty == false)
                #expect(line.kind == kind)
                let file = try #require(FileManager.default.contents(atPath: out))
                #expect(Array(file) == Array(#"{"is":"good"}"#.utf8))
                try await registry.publish(#"{"is": "good again"}"#, as: bench.parsing)
                try await watcher.report("applied", 3, of: bench.parsing)
            }
        }

        @Test func aNewOutFileBelongsToItsOwnerAloneAnExistingOneKeepsItsMode() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let out = bench.path("out.json")
                let watcher = try bench.startWatcher(
                    of: "parsing", at: registry, over: .serverSentEvents, ["--out", out])
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await watcher.report("applied", 1, of: bench.parsing)
                #expect(try FileStatus(out).permissions == 0o600)
                #expect(chmod(out, 0o640) == 0)
                try await registry.publish(#"{"n": 2}"#, as: bench.parsing)
                try await watcher.report("applied", 2, of: bench.parsing)
                #expect(try FileStatus(out).permissions == 0o640)
                // Nothing temporary is left beside it.
                let files = try FileManager.default.contentsOfDirectory(atPath: bench.directory)
                #expect(files.filter { $0.contains("out") } == ["out.json"])
            }
        }

        @Test func theFileIsReplacedAndNeverRewrittenWhoReadsSeesOneVersionOrTheOther() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let out = bench.path("out.json")
                let watcher = try bench.startWatcher(
                    of: "parsing", at: registry, over: .serverSentEvents, ["--out", out])
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await watcher.report("applied", 1, of: bench.parsing)
                let before = try #require(FileHandle(forReadingAtPath: out))
                try await registry.publish(#"{"n": 2}"#, as: bench.parsing)
                try await watcher.report("applied", 2, of: bench.parsing)
                #expect(try before.readToEnd().map { Array($0) } == Array(#"{"n":1}"#.utf8))
                #expect(FileManager.default.contents(atPath: out).map { Array($0) } == Array(#"{"n":2}"#.utf8))
            }
        }

        @Test func aDirectoryThatOutCannotWriteToRejectsTheVersionAndSaysSo() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let watcher = try bench.startWatcher(
                    of: "parsing", at: registry, over: .serverSentEvents, ["--out", bench.path("missing/out.json")])
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                try await eventually("a rejection, or the end") {
                    try watcher.lines().contains { $0.outcome == "rejected" }
                        || watcher.process.exitStatus.map { $0 != .exited(0) } ?? false
                }
                #expect(watcher.process.transcript.contains("missing"))
            }
        }

        @Test func overlayPutsTheEnvironmentsValuesOverThoseOfDefault() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let out = bench.path("out.json")
                let watcher = try bench.startWatcher(
                    of: "parsing", at: registry, over: .serverSentEvents, ["--overlay", "--out", out])
                func merged(_ json: String) async throws {
                    try await eventually("the merged document \(json)") {
                        FileManager.default.contents(atPath: out).map { Array($0) } == Array(json.utf8)
                    }
                }
                try await registry.publish(
                    #"{"port": 1, "db": {"host": "a", "user": "u"}}"#, as: DocumentKey(service: "parsing"))
                try await merged(#"{"db":{"host":"a","user":"u"},"port":1}"#)
                try await registry.publish(#"{"db": {"host": "b", "user": null}}"#, as: bench.parsing)
                try await merged(#"{"db":{"host":"b"},"port":1}"#)
                #expect(watcher.process.exitStatus == nil)
            }
        }
    }
}

/// What the file system knows about a file.
private struct FileStatus {
    let permissions: mode_t

    init(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else { throw Missing(path: path) }
        permissions = status.st_mode & 0o7777
    }

    private struct Missing: Error {
        let path: String
    }
}
