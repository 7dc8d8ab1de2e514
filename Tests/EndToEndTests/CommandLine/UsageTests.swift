import TestSupport
import Testing

extension CommandLineTests {
    /// The command line itself: help, mistakes, a registry that is not there.
    @Suite struct UsageTests {
        /// A command line that is wrong whatever the registry says.
        struct Mistake: CustomTestStringConvertible {
            let arguments: [String]
            let says: String

            init(_ arguments: String..., says: String) {
                self.arguments = arguments
                self.says = says
            }

            var testDescription: String { arguments.joined(separator: " ") }
        }

        @Test(arguments: [
            Mistake("publsh", "parsing", says: "no command 'configbus publsh'. Did you mean 'publish'?"),
            Mistake("help", "hist", says: "no command 'configbus hist'. Did you mean 'history'?"),
            Mistake("audit", "verfy", says: "no command 'configbus audit verfy'. Did you mean 'verify'?"),
            Mistake("keys", "nothing", says: "no command 'configbus keys nothing'"),
            Mistake("publish", says: "service"),
            Mistake("publish", "parsing", "--enviroment", "prod", says: "Did you mean '--environment'?"),
            Mistake("get", "parsing", "-e", "dev", "-e", "prod", says: "--environment is given 2 times"),
            Mistake("watch", "parsing", "-e", "dev", "--environment=prod", says: "--environment is given 2 times"),
            Mistake(
                "history", "parsing", "-e=dev", "--environment", "prod", says: "--environment is given 2 times"),
            Mistake("publish", "parsing", "-c", "one", "--comment", "two", says: "--comment is given 2 times"),
            Mistake("publish", "parsing", "--create", "--update", says: "--create and --update"),
            Mistake("publish", "parsing", "--create", "--expected-version", "1", says: "--expected-version"),
            Mistake("publish", "parsing", "--expected-version", "one", says: "one"),
            Mistake("publish", "bad name", says: "[A-Za-z0-9][A-Za-z0-9._-]{0,127}"),
            Mistake("publish", "parsing/prod", says: "parsing --environment prod"),
            Mistake("watch", "parsing/prod", says: "parsing --environment prod"),
            Mistake("publish", "../etc", says: "[A-Za-z0-9][A-Za-z0-9._-]{0,127}"),
            Mistake("publish", "parsing", "--environment", "a.b", says: "[A-Za-z0-9][A-Za-z0-9_-]{0,63}"),
            Mistake("get", "parsing", "--output", "xml", says: "xml"),
            Mistake("get", "parsing", "--timeout", "0", says: "--timeout"),
            Mistake("get", "parsing", "--timeout", "10 seconds", says: "500ms, 10s, 1m"),
            Mistake("get", "parsing", "--url", "not a url", says: "not a url"),
            Mistake("publish", "parsing", "--expected-version", "0", says: "publish --create' makes a document"),
            Mistake("get", "parsing", "--version", "0", says: "--version must be a version from 1, not 0"),
            Mistake("rollback", "parsing", "0", says: "<version> must be a version from 1, not 0"),
            Mistake("diff", "parsing", "0", "1", says: "<old> must be a version from 1, not 0"),
            Mistake("history", "parsing", "--before", "0", says: "--before must be a version from 1, not 0"),
            Mistake("get", "parsing", "--version", "-1", says: "--version must be a version from 1, not -1"),
            Mistake("rollback", "parsing", "-1", says: "<version> must be a version from 1, not -1"),
            Mistake("diff", "-e", "prod", "parsing", "-1", says: "<old> must be a version from 1, not -1"),
            Mistake("history", "--limit", "-1", "parsing", says: "--limit must be"),
            Mistake("publish", "parsing", "--expected-version", "-1", says: "is a version from 1"),
            Mistake("watch", "parsing", "--poll-interval", "-1", says: "'-1'"),
            Mistake("set", "parsing", "a", "-1", says: "'a' is not PATH=VALUE"),
            Mistake("set", "parsing", "a=1", "a=2", says: "'/a' is set twice"),
            Mistake("watch", "parsing", "--publishers", "registry", says: "--amqp-uri"),
            Mistake("watch", "parsing", "--out", "{svc}.json", says: "{svc} stands for nothing"),
            Mistake("set", "parsing", "novalue", says: "PATH=VALUE"),
            Mistake("set", "parsing", "a..b=1", says: "a..b"),
            Mistake("set", "parsing", "hosts[0]=z", says: "is written hosts.0; "),
            Mistake("set", "parsing", "a.hosts[0].name=z", says: "the JSON pointer /a/hosts[0]/name."),
            Mistake("unset", "parsing", "hosts[0]", says: "is written hosts.0; "),
            Mistake("get", "parsing", "hosts[0]", says: "is written hosts.0; "),
            Mistake("history", "parsing", "--limit", "0", says: "--limit"),
            Mistake("diff", "parsing", "-e", "a", "-e", "b", "-e", "c", says: "--environment is given 3 times"),
            Mistake("diff", "parsing", "-e", "a", "-e", "a", says: "--environment names 'a' twice"),
            Mistake("get", "parsing", "--explain", says: "add --effective"),
            Mistake("get", "parsing", "--effective", "--version", "1", says: "excludes --version"),
            Mistake("history", "parsing", "--since", "yesterday", says: "yesterday"),
            Mistake("rollback", "parsing", "1", "--path", "a..b", says: "a..b"),
            Mistake("publish", "parsing", "-e", "a", "-e", "a", says: "--environment names 'a' twice"),
            Mistake(
                "set", "parsing", "a=1", "-e", "a", "-e", "b", "--expected-version", "1",
                says: "--expected-version is about one document"),
            Mistake("promote", "--from", "a", "--to", "b", says: "--prefix"),
            Mistake("promote", "parsing", "--from", "a", "--to", "a", says: "are the same environment"),
            Mistake("promote", "parsing", "--from", "a", "--to", "a.b", says: "[A-Za-z0-9][A-Za-z0-9_-]{0,63}"),
            Mistake("promote", "a", "b", "--from-version", "1", "--from", "x", "--to", "y", says: "--from-version"),
            Mistake("schema", "put", "parsing/prod", says: "write 'parsing'"),
            Mistake("schema", "check", "parsing", "--history", "101", says: "--history must be from 0 to 100"),
            Mistake("schema", "put", "parsing", "--checks", "all", says: "all"),
            Mistake("serve", "--port", "70000", says: "port"),
            Mistake("serve", "--log-level", "loud", says: "loud"),
            Mistake("serve", "--amqp-uri", "http://localhost", says: "--amqp-uri"),
            Mistake("watch", says: "service"),
            Mistake("watch", "a", "b", "--out", "one.json", says: "{service}"),
            Mistake("audit", says: "--amqp-uri"),
        ])
        func aWrongCommandLineEndsWithCode2AndSaysWhatIsWrong(mistake: Mistake) async throws {
            try await withBench { bench in
                let result = try await bench.configbus(mistake.arguments, input: "{}")
                #expect(result.status == .exited(2))
                #expect(result.output == "")
                #expect(result.errors.hasPrefix("error: "))
                #expect(result.errors.lowercased().contains(mistake.says.lowercased()))
            }
        }

        @Test(arguments: ["get", "publish", "list"])
        func aRegistryThatIsNotThereIsCode3AndAHintHowToStartOne(command: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.process.kill9()
                let result = try await bench.configbus(
                    command == "list" ? [command] : [command, "parsing"], at: registry, input: "{}")
                #expect(result.status == .exited(3))
                #expect(result.output == "")
                #expect(result.errors.contains(registry.url))
                #expect(result.errors.contains("configbus serve"))
            }
        }

        @Test func aRequestThatTheRegistryDoesNotAllowIsCode4() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                // Without authentication the registry answers to loopback names only; this one resolves to loopback.
                let result = try await bench.configbus(
                    "get", "parsing", "--url", "http://127.1:\(registry.port)")
                #expect(result.status == .exited(4))
                #expect(result.errors.hasPrefix("error: "))
            }
        }

        @Test func helpAndVersionGoToStandardOutputWithCode0() async throws {
            try await withBench { bench in
                let help = try await bench.configbus("--help")
                #expect(help.status == .exited(0))
                for command in [
                    "serve", "publish", "get", "set", "unset", "list", "history", "diff", "rollback",
                    "delete", "watch", "audit", "health", "doctor",
                ] {
                    #expect(help.output.contains("  \(command) "))
                }
                #expect(help.errors == "")
                let version = try await bench.configbus("--version")
                #expect(version.status == .exited(0))
                #expect(version.lines.count == 1)
            }
        }

        @Test(arguments: ["bash", "zsh", "fish"])
        func completionsArePrintedForEachShell(shell: String) async throws {
            try await withBench { bench in
                let result = try await bench.configbus("completions", shell)
                #expect(result.status == .exited(0))
                #expect(result.output.contains("publish"))
            }
        }

        @Test func doctorFindsAGoodRegistryGoodAndAMissingOneWithCode3() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let good = try await bench.configbus("doctor", at: registry)
                #expect(good.status == .exited(0))
                #expect(!good.output.contains("FAIL"))
                try await registry.process.kill9()
                let bad = try await bench.configbus("doctor", at: registry)
                #expect(bad.status == .exited(3))
                #expect(bad.output.contains("FAIL"))
            }
        }
    }
}
