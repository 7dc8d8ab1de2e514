import ConfigModel
import Foundation
import Glibc
import TestSupport
import Testing

/// All documents below a prefix, each with a file of its own.
@Suite(.serialized, .timeLimit(.minutes(1)), .showsProcesses) struct AgentPrefixTests {
    @Test func whatIsThereAndWhatComesGetsAFileAndWhatGoesLosesIt() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let keys = try ["tenants.a", "tenants.b", "tenants2"].map {
                try DocumentKey(service: $0, environment: "prod")
            }
            for key in [keys[0], keys[2]] { try await registry.publish(#"{"n":1}"#, as: key) }
            try bench.writeAgentSettings(
                registry, ["prefix: tenants, environment: prod, path: '{service}.json', on_delete: remove"])
            let agent = try bench.startAgent()
            try await agent.reports.report("applied", 1, of: keys[0])
            try await registry.publish(#"{"n":2}"#, as: keys[1])
            try await agent.reports.report("applied", 1, of: keys[1])
            #expect(bench.text(of: "tenants.a.json") == #"{"n":1}"#)
            #expect(bench.text(of: "tenants.b.json") == #"{"n":2}"#)
            #expect(bench.text(of: "tenants2.json") == nil)
            let deleted = try await bench.configbus("delete", "tenants.a", "-e", "prod", at: registry)
            #expect(deleted.status == .exited(0), "\(deleted.errors)")
            try await agent.says("tenants.a.json is removed")
            #expect(bench.text(of: "tenants.a.json") == nil)
            // The settings of a prefix change like those of a document.
            try bench.writeAgentSettings(
                registry, ["prefix: tenants, environment: prod, path: '{service}.env', format: env"])
            agent.process.send(SIGHUP)
            try await agent.says("0 added, 1 changed, 0 removed")
            try await eventually("the file in the other notation") {
                bench.text(of: "tenants.b.env") == "N='2'\n" ? () : nil
            }
        }
    }

    @Test func whatWouldHaveTwoFilesOrNoneOfItsOwnIsRefused() async throws {
        try await withBench(on: nil) { bench in
            try bench.write(
                """
                registry: {url: 'http://127.0.0.1:9'}
                cache: cache
                documents:
                  - {prefix: tenants, environment: prod, path: '{service}.json'}
                  - {key: tenants.a/prod, path: a.json}
                  - {prefix: tenants.b, environment: prod, path: 'b/{service}.json'}
                  - {prefix: tenants.b, environment: test, path: one.json}
                  - {prefix: x, key: x/prod, path: '{service}.yaml'}
                  - {key: y/prod, environment: prod, path: y.json}

                """, to: "agent.yaml")
            let result = try await bench.configbus("agent", "check", bench.path("agent.yaml"))
            #expect(result.status == .exited(2))
            for part in [
                "documents.1 follows what documents.0 follows too", "documents.2 follows what documents.0 follows too",
                "documents.2.path cannot be written to safely", "documents.3.path must have {service}",
                "documents.4 must have either key or prefix", "documents.5.environment is for a prefix",
            ] {
                #expect(result.errors.contains(part), "\(part)\n\(result.errors)")
            }
        }
    }
}
