import ConfigModel
import Foundation
import Glibc
import TestSupport
import Testing

extension CommandLineTests {
    /// What `watch` starts is ended: at its limit, with its shell, and with `watch`.
    @Suite struct WatchProcessTests {
        /// How much a command's processes hold on to life.
        enum Manner: String, CaseIterable {
            case plain = ""
            case ignoresTerm = "trap '' TERM; "
        }

        /// Three processes of one group that write down their numbers and stay.
        private static func family(_ manner: Manner, _ log: String) -> String {
            "\(manner.rawValue)echo $$ >> '\(log)'; "
                + "(sleep 81 & echo $! >> '\(log)'; wait) & echo $! >> '\(log)'; wait; sleep 82"
        }

        private static func processes(_ log: String) -> [pid_t] {
            (FileManager.default.contents(atPath: log).map { String(decoding: $0, as: UTF8.self) } ?? "")
                .split(separator: "\n").compactMap { pid_t($0) }
        }

        /// False for a process that has ended, also when it was not collected.
        private static func runs(_ process: pid_t) -> Bool {
            guard let bytes = FileManager.default.contents(atPath: "/proc/\(process)/stat") else { return false }
            let words = String(decoding: bytes, as: UTF8.self).split(separator: ")").last?.split(separator: " ")
            return words?.first.map { !"ZX".contains($0) } ?? false
        }

        private static func end(of log: String, _ count: Int = 3) async throws {
            try await eventually("the start of the command") { processes(log).count == count }
            try await eventually("the end of \(processes(log))") { !processes(log).contains(where: runs) }
        }

        @Test(arguments: Manner.allCases)
        func atItsLimitTheWholeGroupOfACommandIsEndedAndTheVersionIsRejected(manner: Manner) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let log = bench.path("log")
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                let result = try await bench.configbus(
                    "watch", "parsing", "-e", "prod", "--once", "--exec", Self.family(manner, log), "--exec-timeout",
                    "500ms", at: registry)
                #expect(result.status == .exited(1) && result.output.contains("took longer than"))
                try await Self.end(of: log)
            }
        }

        /// How `watch` ends.
        enum End: CaseIterable {
            case terminated
            case terminatedTwice
        }

        @Test(arguments: Manner.allCases, End.allCases)
        func itIsEndedWithWatch(manner: Manner, end: End) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let (log, out) = (bench.path("log"), bench.path("out.json"))
                try Data("before".utf8).write(to: URL(filePath: out))
                let watcher = try bench.startWatcher(
                    of: "parsing", at: registry, over: .serverSentEvents,
                    ["--exec", Self.family(manner, log), "--exec-timeout", "1h", "--out", out])
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                try await eventually("the start of the command") { Self.processes(log).count == 3 }
                watcher.process.send(SIGTERM)
                if end == .terminatedTwice {
                    // Signals are not counted; the second must come after the first was taken.
                    try await eventually("the end") {
                        watcher.process.send(SIGTERM)
                        return watcher.process.exitStatus != nil
                    }
                } else {
                    #expect(try await watcher.process.waitForExit() == .exited(0))
                    // It was not accepted, so it is not there.
                    #expect(FileManager.default.contents(atPath: out) == Data("before".utf8))
                }
                try await Self.end(of: log)
            }
        }

        @Test func whatACommandLeavesBehindInItsGroupIsEndedWithItsShellTheVersionCountsByTheShell() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let log = bench.path("log")
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                let result = try await bench.configbus(
                    "watch", "parsing", "-e", "prod", "--once", "--exec", "sleep 83 & echo $! > '\(log)'", at: registry)
                #expect(result.status == .exited(0))
                try await Self.end(of: log, 1)
            }
        }

        @Test func whenTheReaderOfWatchIsGoneTheCommandsAreEndedToo() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let log = bench.path("log")
                let other = try DocumentKey(service: "other", environment: "prod")
                try await registry.publish(#"{"n":1}"#, as: other)
                let script =
                    "configbus watch parsing other -e prod --exec 'if [ $CONFIGBUS_SERVICE = other ]; then "
                    + "echo $$ > \(log); sleep 84; fi' | true"
                let watching = Task { try await bench.shell(script, at: registry) }
                try await eventually("the start of the command") { Self.processes(log).count == 1 }
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                _ = try await watching.value
                try await Self.end(of: log, 1)
            }
        }
    }
}
