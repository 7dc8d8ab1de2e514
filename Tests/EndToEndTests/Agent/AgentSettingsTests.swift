import ConfigModel
import Foundation
import Glibc
import TestSupport
import Testing

@testable import configbus

/// `agent check`: everything that is wrong is said at once, and nothing else is done.
@Suite(.serialized, .timeLimit(.minutes(3)), .showsProcesses) struct AgentSettingsTests {
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

    /// A unit that ends with 2 is not started again and again.
    @Test(arguments: [
        ("agent.txt", nil), ("agent.yaml", nil), ("agent.yaml", ""), ("agent.yaml", "a: [1"), ("agent.yaml", "- 1\n"),
        ("agent.json", ""), ("agent.json", "{"), ("agent.toml", "a = "), ("agent.toml", ""),
    ])
    func settingsThatAreNoneAreAMistakeOfUse(name: String, text: String?) async throws {
        try await withBench(on: nil) { bench in
            if let text { try bench.write(text, to: name) }
            for arguments in [["check", bench.path(name)], ["--config", bench.path(name)]] {
                let result = try await bench.configbus(["agent"] + arguments)
                #expect(result.status == .exited(2) && result.errors.contains(name), "\(result.errors)")
            }
        }
    }

    @Test func aFIFOOrAFolderInThePlaceOfASettingIsRefusedAtOnce() async throws {
        try await withBench(on: nil) { bench in
            #expect(mkfifo(bench.path("fifo.yaml"), 0o600) == 0)
            #expect(mkfifo(bench.path("token"), 0o600) == 0)
            try FileManager.default.createDirectory(
                atPath: bench.path("folder.yaml"), withIntermediateDirectories: false)
            let fifo = try await bench.configbus("agent", "check", bench.path("fifo.yaml"))
            #expect(fifo.status == .exited(2) && fifo.errors.contains("fifo.yaml is a FIFO and no regular file."))
            let folder = try await bench.configbus("agent", "check", bench.path("folder.yaml"))
            #expect(folder.status == .exited(2) && folder.errors.contains("folder.yaml is a directory"))
            try bench.write(
                """
                registry: {url: 'http://127.0.0.1:9', token_file: token}
                cache: agent.yaml
                documents: [{key: parsing/prod, path: out.json}]

                """, to: "agent.yaml")
            let token = try await bench.configbus("agent", "check", bench.path("agent.yaml"))
            #expect(token.errors.contains("token is a FIFO and no regular file.\n"), "\(token.errors)")
            #expect(token.errors.contains("cache is no folder"), "\(token.errors)")
            #expect(!token.errors.contains("replaced"), "\(token.errors)")
        }
    }

    @Test func mistakesBehindOthersAreNamedToo() async throws {
        try await withBench(on: nil) { bench in
            try bench.write(
                """
                registry: {url: [7, 'ftp://x'], token_file: [], allow_plaintext: 'no'}
                cache: {}
                amqp: 5
                status: 1
                documents:
                  - {key: 7, path: missing/out.json, check: 'true', reload: ['true']}
                  - {key: a/prod, path: a.json, check: [no-such-program-here, 7], reload: 'true'}
                  - {path: b.json, check: {command: 'true', timeout: soon}, reload: {signal: USR1}}
                  - {prefix: [], path: 'missing/{service}'}

                """, to: "agent.yaml")
            let result = try await bench.configbus("agent", "check", bench.path("agent.yaml"))
            #expect(result.status == .exited(2))
            for part in [
                "registry.url.0 must be a text", "registry.url is no address", "registry.token_file must be a text",
                "registry.allow_plaintext must be true or false", "cache must be a text", "amqp must be an object",
                "status must be a text", "documents.0.key must be a text",
                "documents.0.path cannot be written to safely",
                "documents.0.check must be a program and its arguments, such as [nginx, -t], or an object with command and timeout, not a string",
                "documents.0.reload must be an object with command or signal, such as {command: [systemctl, reload, web]}, not an array",
                "documents.1.check.command begins with no-such-program-here",
                "documents.1.check.command.1 must be a text",
                "documents.1.reload must be an object with command or signal", "documents.2.key is missing",
                "documents.2.check.command must be a list of texts", "documents.2.check.timeout must be a time",
                "documents.2.reload.signal must be an object", "documents.3.prefix must be a text",
            ] {
                #expect(result.errors.contains(part), "\(part)\n\(result.errors)")
            }
        }
    }

    /// Whatever way leads to a file: a link to its folder, or a link that the settings name.
    @Test func whatTheAgentReadsAndKeepsIsNoTarget() async throws {
        try await withBench(on: nil) { bench in
            let files = FileManager.default
            for folder in ["real", "cache"] {
                try files.createDirectory(atPath: bench.path(folder), withIntermediateDirectories: false)
            }
            try files.createDirectory(atPath: bench.path("cache/files"), withIntermediateDirectories: false)
            try files.createSymbolicLink(atPath: bench.path("linked"), withDestinationPath: bench.path("real"))
            try files.createSymbolicLink(atPath: bench.path("kept"), withDestinationPath: bench.path("cache"))
            try bench.write("token", to: "real/token")
            try files.createSymbolicLink(atPath: bench.path("token"), withDestinationPath: bench.path("real/token"))
            try bench.write(
                """
                registry: {url: 'http://127.0.0.1:9', token_file: token}
                cache: cache
                documents:
                  - {key: a/prod, path: agent.yaml}
                  - {key: b/prod, path: linked/token}
                  - {key: c/prod, path: cache/agent.lock}
                  - {key: d/prod, path: kept/files/x.json}
                  - {prefix: agent, environment: prod, path: '{service}.yaml'}
                  - {prefix: e, environment: prod, path: 'cache/{service}.json'}

                """, to: "agent.yaml")
            let result = try await bench.configbus("agent", "check", bench.path("agent.yaml"))
            #expect(result.status == .exited(2))
            for part in [
                "documents.0.path is the file of settings", "documents.1.path is that of registry.token_file",
                "documents.2.path is in the folder of 'cache'", "documents.3.path is in the folder of 'cache'",
                "documents.4.path is the file of settings", "documents.5.path is in the folder of 'cache'",
            ] {
                #expect(result.errors.contains(part), "\(part)\n\(result.errors)")
            }
        }
    }

    @Test func twoPathsOfOneFileAreRefused() async throws {
        try await withBench(on: nil) { bench in
            let files = FileManager.default
            try files.createDirectory(atPath: bench.path("real"), withIntermediateDirectories: false)
            try files.createSymbolicLink(atPath: bench.path("linked"), withDestinationPath: bench.path("real"))
            try bench.write(
                """
                registry: {url: 'http://127.0.0.1:9'}
                cache: cache
                documents:
                  - {key: a/prod, path: real/one.json}
                  - {key: b/prod, path: linked/one.json}
                  - {key: c/prod, path: real/../linked/./one.json}
                  - {prefix: t, environment: prod, path: 'real/{service}.json'}
                  - {key: d/prod, path: linked/t.x.json}
                  - {key: e/prod, path: linked/u.x.json}
                  - {prefix: t, environment: test, path: 'linked/{service}.json'}
                  - {prefix: v, environment: prod, path: 'real/{service}.json'}

                """, to: "agent.yaml")
            let result = try await bench.configbus("agent", "check", bench.path("agent.yaml"))
            #expect(result.status == .exited(2) && result.errors.contains("has 4 mistakes"), "\(result.errors)")
            for part in [
                "documents.1.path is that of documents.0", "documents.2.path is that of documents.1",
                "documents.4.path is that of documents.3", "documents.6.path is that of documents.3",
            ] {
                #expect(result.errors.contains(part), "\(part)\n\(result.errors)")
            }
        }
    }
}
