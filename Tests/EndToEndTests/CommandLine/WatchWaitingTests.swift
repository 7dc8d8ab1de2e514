import ConfigModel
import Foundation
import Glibc
import TestSupport
import Testing

extension CommandLineTests {
    /// What `watch` waits for, and that it says so.
    @Suite struct WatchWaitingTests {
        /// Where nobody listens.
        private static let nowhere = "127.0.0.1:9"

        private func line(_ process: ChildProcess, with words: String...) async throws -> String {
            for await line in process.errors where words.allSatisfy({ line.contains($0) }) { return line }
            throw NeverSaid(words: words, transcript: process.transcript)
        }

        @Test func aDocumentThatDoesNotExistSaidWithWhereItDoesAppliedWhenItComes() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish("{}", as: DocumentKey(service: "parsing", environment: "test"))
                let watcher = try bench.startWatcher(of: "parsing", at: registry, over: .serverSentEvents)
                _ = try await line(watcher.process, with: "no document parsing/prod", "test")
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                try await watcher.report("applied", 1, of: bench.parsing)
                #expect(watcher.process.errors.lines.filter { $0.contains("no document") }.count == 1)
            }
        }

        @Test func aRegistryThatIsAwayIsNamedAndSaidToBeBack() async throws {
            try await withBench { bench in
                let first = try await bench.startEmbedded()
                try await first.publish(#"{"n":1}"#, as: bench.parsing)
                first.process.send(SIGTERM)
                _ = try await first.process.waitForExit()
                let watcher = try bench.startWatcher(of: "parsing", at: first, over: .serverSentEvents)
                _ = try await line(watcher.process, with: first.url)
                _ = try await bench.startRegistry(store: .embedded(), bus: .inProcess, port: first.port)
                try await watcher.report("applied", 1, of: bench.parsing)
                _ = try await line(watcher.process, with: "answers again")
                #expect(watcher.process.errors.lines.filter { $0.contains(first.url) }.count == 1)
            }
        }

        @Test func aBrokerThatIsAwayIsNamedByItsAddressNeverWithItsPasswordPollingGoesOn() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                let watcher = try bench.startWatcher(
                    of: "parsing", at: registry, over: .rabbitMQ, broker: "amqp://user:pa55word@\(Self.nowhere)/")
                _ = try await line(watcher.process, with: Self.nowhere)
                try await watcher.report("applied", 1, of: bench.parsing)
                #expect(!watcher.process.transcript.split(separator: "\n").dropFirst().contains { $0.contains("pa55") })
            }
        }

        @Test(
            .enabled(if: TestBroker.shared != nil, Comment(rawValue: TestBroker.missing)))
        func aBrokerThatRefusesTheLoginIsSaidOnce() async throws {
            let broker = try #require(TestBroker.shared)
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                let watcher = try bench.startWatcher(
                    of: "parsing", at: registry, over: .rabbitMQ,
                    broker: "amqp://\(broker.user):wrong@\(broker.host):\(broker.port)/")
                _ = try await line(watcher.process, with: "watch: The login of user '\(broker.user)'")
                try await watcher.report("applied", 1, of: bench.parsing)
                #expect(watcher.process.errors.lines.filter { $0.contains("login") }.count == 1)
            }
        }

        @Test(arguments: ["file/cache", "/proc/none"])
        func aCacheThatCannotBeWrittenIsSaidOnce(path: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                #expect(FileManager.default.createFile(atPath: bench.path("file"), contents: nil))
                let cache = path.hasPrefix("/") ? path : bench.path(path)
                let result = try await bench.configbus(
                    "watch", "parsing", "-e", "prod", "--once", "--cache", cache, at: registry)
                #expect(result.status == .exited(0))
                #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
                #expect(result.errors.contains("cannot be written"))
            }
        }

        @Test(arguments: [true, false])
        func onceTakesManyServicesInOneWordOrInMany(inOneWord: Bool) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for number in [1, 100] {
                    try await registry.publish(
                        "{}", as: DocumentKey(service: "s\(number)", environment: "prod"))
                }
                let services = (1...100).map { "s\($0)" }
                let result = try await bench.configbus(
                    ["watch", "--once"] + (inOneWord ? [services.joined(separator: "\n")] : services) + [
                        "-e", "prod", "--timeout", "50s",
                    ],
                    at: registry)
                #expect(result.status == .exited(1), "one does not exist")
                #expect(result.lines.filter { $0.contains("applied") }.count == 2)
            }
        }

        @Test func onceEnds1WhenThereIsNoSuchDocument3WhenTheRegistryIsAway() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish("{}", as: DocumentKey(service: "parsing", environment: "test"))
                let missing = try await bench.configbus("watch", "parsing", "-e", "prod", "--once", at: registry)
                #expect(missing.status == .exited(1))
                #expect(missing.errors.contains("There is no document parsing/prod; it exists in: test."))
                let away = try await bench.configbus(
                    "watch", "parsing", "--once", "--timeout", "500ms",
                    environment: ["CONFIGBUS_URL": "http://\(Self.nowhere)"])
                #expect(away.status == .exited(3) && away.errors.contains(Self.nowhere))
            }
        }

        @Test(arguments: [SIGINT, SIGTERM])
        func onceThatASignalEndsSaysInWordsWhatDidNotAnswerAndEnds3(signal: Int32) async throws {
            try await withBench { bench in
                let process = try bench.start(
                    ["watch", "parsing", "--once"], environment: ["CONFIGBUS_URL": "http://\(Self.nowhere)"])
                _ = try await line(process, with: Self.nowhere)
                process.send(signal)
                #expect(try await process.waitForExit() == .exited(3))
                #expect(
                    process.errors.lines.contains { $0.contains("It was ended before parsing/default had answered.") })
                #expect(!process.transcript.contains("ServiceGroupError"))
            }
        }

        @Test func aFileThatIsNotThereIsNamedByItsPathADirectoryWithItsEnvironments() async throws {
            try await withBench { bench in
                let file = bench.path("parsing.yaml")
                let alone = try await bench.configbus("watch", "parsing", "--once", "--file", file)
                #expect(alone.status == .exited(1) && alone.errors.contains("There is no file \(file)."))
                try FileManager.default.createDirectory(
                    atPath: bench.path("config/test"), withIntermediateDirectories: true)
                let among = try await bench.configbus(
                    "watch", "parsing", "-e", "prod", "--once", "--directory", bench.path("config"))
                #expect(among.status == .exited(1))
                #expect(among.errors.contains("\(bench.path("config"))/prod/parsing"))
                #expect(among.errors.contains("environments there: test."))
            }
        }

        @Test func theNotationOfAFileIsNamedWhereItsEndingSaysNothing() async throws {
            try await withBench { bench in
                let file = bench.path("parsing.conf")
                try "n: 1\n".write(toFile: file, atomically: true, encoding: .utf8)
                let unnamed = try await bench.configbus("watch", "parsing", "--once", "--file", file)
                #expect(unnamed.status == .exited(1) && unnamed.output.contains("--format yaml"))
                let named = try await bench.configbus(
                    "watch", "parsing", "--once", "--file", file, "--format", "yaml")
                #expect(named.status == .exited(0) && named.output.contains("applied"))
                let without = try await bench.configbus("watch", "parsing", "--once", "--format", "yaml")
                #expect(without.status == .exited(2) && without.errors.contains("--file"))
            }
        }

        @Test func onceWaitsForACommandLongerThanForTheRegistry() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                let gate = bench.path("gate")
                let watching = Task {
                    try await bench.configbus(
                        "watch", "parsing", "-e", "prod", "--once", "--timeout", "1s", "--exec",
                        "touch '\(gate)'; sleep 2", at: registry)
                }
                #expect(try await watching.value.status == .exited(0))
            }
        }

        @Test func sighupAsksTheRegistryNowAndDoesNotEndWatch() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                let watcher = try bench.startWatcher(
                    of: "parsing", at: registry, over: .rabbitMQ, broker: "amqp://\(Self.nowhere)/",
                    ["--poll-interval", "1h"])
                try await watcher.report("applied", 1, of: bench.parsing)
                try await registry.publish(#"{"n":2}"#, as: bench.parsing)
                watcher.process.send(SIGHUP)
                try await watcher.report("applied", 2, of: bench.parsing)
                watcher.process.send(SIGTERM)
                #expect(try await watcher.process.waitForExit() == .exited(0))
            }
        }

        @Test func sighupEndsNeitherARegistryNorAnAudit() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                registry.process.send(SIGHUP)
                _ = try await line(registry.process, with: "SIGHUP")
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                let audit = try bench.start(
                    ["audit", "--amqp-uri", "amqp://\(Self.nowhere)/", "--file", bench.path("audit.jsonl")],
                    environment: ["CONFIGBUS_URL": registry.url])
                // It says so when it listens to signals.
                _ = try await line(audit, with: Self.nowhere)
                audit.send(SIGHUP)
                _ = try await line(audit, with: "SIGHUP")
                audit.send(SIGTERM)
                #expect(try await audit.waitForExit() == .exited(0))
            }
        }
    }
}

/// A line that a test waited for was not said.
private struct NeverSaid: Error, CustomStringConvertible {
    let words: [String]
    let transcript: String

    var description: String { "no line names \(words)\n\(transcript)" }
}
