import ConfigModel
import Foundation
import Glibc
import TestSupport
import Testing

@testable import configbus

/// `agent check`: everything that is wrong is said at once, and nothing else is done.
@Suite(.serialized, .timeLimit(.minutes(1)), .showsProcesses) struct AgentSettingsTests {
    @Test func everyMistakeIsNamedWithItsPlaceAndNothingIsDone() async throws {
        try await withBench(on: nil) { bench in
            try FileManager.default.createDirectory(
                atPath: bench.path("open"), withIntermediateDirectories: false, attributes: [.posixPermissions: 0o777])
            #expect(chmod(bench.path("open"), 0o777) == 0)
            try FileManager.default.createSymbolicLink(atPath: bench.path("link"), withDestinationPath: "/dev/null")
            try bench.write(
                """
                registri: {}
                registry: {url: 'ftp://x', token_file: missing, user: me}
                amqp: {publishers: registry}
                trusted_keys: missing
                status: 0.0.0.0:9101
                documents:
                  - {key: parsing/prod, path: out.json, fromat: env}
                  - {key: parsing/prod, path: out.json}
                  - {key: 'no way', path: missing/out.json, mode: rw, owner: no-such-user-here, format: ini}
                  - {key: a/prod, path: link, reload: {signal: {name: KILL, pid_file: 1}}, on_delete: burn}
                  - {key: b/prod, path: open/x, check: [no-such-program-here], overlay: 1, quote: shell}
                  - {key: c/prod, path: '{svc}.json', reload: {command: ['true'], timeout: 1}}
                  - 7

                """, to: "agent.yaml")
            for arguments in [
                ["agent", "check", bench.path("agent.yaml")], ["agent", "--config", bench.path("agent.yaml")],
            ] {
                let result = try await bench.configbus(arguments)
                #expect(result.status == .exited(2))
                for part in [
                    "registri is no setting. Did you mean 'registry'?", "registry.user is no setting",
                    "registry.token_file cannot be read", "registry.url is no address", "amqp.uri_file is missing",
                    "amqp.publishers must be a list of texts", "trusted_keys cannot be read", "cache is missing",
                    "status must be an address of this machine alone", "documents.0.fromat is no setting",
                    "documents.1 follows what documents.0 follows too", "documents.1.path is that of documents.0",
                    "documents.2.key is no document",
                    "documents.2.mode must be an octal number", "documents.2.owner cannot be used: there is no user",
                    "documents.2.format must be one of", "documents.3.path cannot be replaced",
                    "documents.3.reload.signal.name must be one of",
                    "documents.3.reload.signal.pid_file must be a text",
                    "documents.3.on_delete must be keep or remove", "documents.4.path cannot be written to safely",
                    "documents.4.check.command begins with no-such-program-here",
                    "documents.4.overlay must be true or false",
                    "documents.4.quote is for the format env", "documents.5.path is no path: {svc} stands for nothing",
                    "documents.5.reload.timeout must be a text", "documents.6 must be an object",
                ] {
                    #expect(result.errors.contains(part), "\(part)\n\(result.errors)")
                }
                #expect(!FileManager.default.fileExists(atPath: bench.path("cache")))
            }
        }
    }

    @Test func withoutMistakesItSaysHowManyDocumentsThereAre() async throws {
        try await withBench(on: nil) { bench in
            try bench.write(
                """
                {"registry": {"url": ["http://127.0.0.1:9"]}, "cache": "cache", "status": "[::1]:9101", "documents": [
                  {"key": "parsing/prod", "path": "out", "format": "env", "quote": "none", "separator": ":",
                   "check": {"command": ["true", "{file}"], "timeout": "5s"}, "reload": {"command": ["true"], "timeout": "5s"}}]}
                """, to: "agent.json")
            let result = try await bench.configbus("agent", "check", bench.path("agent.json"))
            #expect(result.status == .exited(0) && result.output.hasSuffix("agent.json: 1 document, nothing wrong.\n"))
            let object = try await bench.configbus("agent", "check", bench.path("agent.json"), "-o", "json").object()
            #expect(object["valid"] == .bool(true) && object["problems"] == nil)
            #expect(try bench.files(like: "cache") == [])
        }
    }

    @Test func forProgramsMistakesHavePointers() async throws {
        try await withBench(on: nil) { bench in
            try bench.write("registry: {url: 'http://127.0.0.1:9'}\ncache: c\ndocuments: []\n", to: "agent.yaml")
            let result = try await bench.configbus("agent", "check", bench.path("agent.yaml"), "-o", "json")
            #expect(result.status == .exited(2))
            let object = try result.object()
            guard case .array(let problems)? = object["problems"], case .object(let problem)? = problems.first else {
                Issue.record("\(result.output)")
                return
            }
            #expect(problems.count == 1 && problem["pointer"] == .string("/documents"))
            #expect(object["type"] == .string("usage"))
        }
    }

    @Test(arguments: ["agent.txt", "agent.yaml"])
    func aFileThatCannotBeReadIsNamed(name: String) async throws {
        try await withBench(on: nil) { bench in
            let result = try await bench.configbus("agent", "check", bench.path(name))
            #expect(result.status != .exited(0) && result.errors.contains(name))
        }
    }
}
