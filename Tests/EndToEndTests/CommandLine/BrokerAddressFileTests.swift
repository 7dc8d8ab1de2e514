import ConfigModel
import Foundation
import RegistryAPI
import TestSupport
import Testing

extension EndToEnd {
    /// The broker's address in a file, whose password is wrong until it is repaired.
    @Suite(.timeLimit(.minutes(2)))
    struct BrokerAddressFileTests {
        @Test func everyProgramReadsItAgainUntilItIsRight() async throws {
            try await withBench { bench in
                let broker = try bench.servers.broker
                let file = bench.path("amqp-uri")
                let uri = broker.uri()
                try write(uri.replacing(":\(broker.password)@", with: ":wr0ng@"), to: file)
                let place = ["--amqp-uri-file", file, "--exchange", bench.exchange]
                let registry = try await bench.startEmbedded(["--amqp-uri-file", file])
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                let environment = ["CONFIGBUS_URL": registry.url]
                let watcher = RunningWatcher(
                    process: try bench.start(
                        ["watch", "parsing", "-e", "prod", "-o", "json"] + place, environment: environment))
                let log = bench.path("audit.jsonl")
                let audit = RunningAudit(
                    process: try bench.start(
                        ["audit", "--name", bench.name, "--file", log] + place, environment: environment),
                    file: log)
                try bench.writeAgentSettings(
                    registry, ["key: parsing/prod, path: out.json"],
                    more: "amqp: {uri_file: '\(file)', exchange: \(bench.exchange)}\n")
                let agent = try bench.startAgent()
                try await watcher.report("applied", 1, of: bench.parsing)
                let programs = [registry.process, watcher.process, audit.process, agent.process]
                for follower in [watcher.process, agent.process] {
                    try await eventually("without the broker: \(follower.transcript)") {
                        follower.errors.text.contains("found by polling the registry")
                    }
                }
                try await eventually("degraded") { try await registry.status() == .degraded }

                try write(uri, to: file)
                for follower in [watcher.process, agent.process] {
                    try await eventually("with the broker: \(follower.transcript)", within: .seconds(60)) {
                        follower.errors.text.contains("Changes arrive at once again.")
                    }
                }
                try await eventually("healthy", within: .seconds(60)) { try await registry.status() == .healthy }
                try await registry.publish(#"{"n":2}"#, as: bench.parsing)
                try await watcher.report("applied", 2, of: bench.parsing)
                try await eventually("two entries in the audit", within: .seconds(60)) { try audit.lineCount() == 2 }
                try await eventually("the agent's file") {
                    bench.text(of: "out.json")?.contains("2")
                }
                for program in programs {
                    #expect(program.exitStatus == nil && !program.transcript.contains("wr0ng"))
                }
            }
        }

        private func write(_ text: String, to path: String) throws {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
    }
}
