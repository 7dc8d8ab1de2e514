import ConfigModel
import TestSupport
import Testing

extension CommandLineTests {
    /// publish, set, unset, rollback, delete.
    @Suite struct WritingTests {
        @Test func publishCreatesThenUpdatesAndSaysWhatItDid() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let created = try await bench.configbus(
                    "publish", "parsing", "-e", "prod", "-c", "first", "--author", "ann", at: registry, input: "{}")
                #expect(created.status == .exited(0))
                #expect(created.output.hasPrefix("parsing/prod version 1 created by ann at "))
                #expect(created.output.hasSuffix("  first\n"))
                #expect(created.errors == "")
                let updated = try await bench.configbus(
                    "publish", "parsing", "-e", "prod", at: registry, input: #"{"a": 1}"#)
                #expect(updated.output.hasPrefix("parsing/prod version 2 updated by "))
            }
        }

        /// The user named them: they are waited for.
        @Test(arguments: ["/dev/stdin", "fifo", "-"])
        func publishReadsAPipe(name: String) async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let file = name == "fifo" ? bench.path("fifo") : name
                let script =
                    name == "fifo"
                    ? "mkfifo '\(file)'; (sleep 0.1; echo '{\"a\":1}' > '\(file)') & configbus publish parsing '\(file)'"
                    : "(sleep 0.1; echo '{\"a\":1}') | configbus publish parsing \(file)"
                let result = try await bench.shell(script + " -e prod", at: registry)
                #expect(result.status == .exited(0), "\(result.errors)")
                #expect(try await registry.history(of: bench.parsing).map(\.content.bytes) == [Array(#"{"a":1}"#.utf8)])
            }
        }

        @Test func publishOutputJsonPrintsTheFullRecordOnOneLine() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let result = try await bench.configbus(
                    "publish", "parsing", "-e", "prod", "-o", "json", at: registry, input: #"{"b": 1.0, "a": 2}"#)
                #expect(result.lines.count == 1)
                let record = try result.record()
                #expect(record.content.bytes == Array(#"{"a":2,"b":1.0}"#.utf8))
                #expect(try await registry.history(of: bench.parsing) == [record])
            }
        }

        @Test func anIdempotencyKeyMakesARepetitionTheSameVersion() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for _ in 1...2 {
                    let result = try await bench.configbus(
                        "publish", "parsing", "--create", "--idempotency-key", "deploy-7", "-o", "json", at: registry,
                        input: "{}")
                    #expect(try result.record().version == 1)
                }
            }
        }

        @Test func theEnvironmentComesFromEnvironmentCONFIGBUSENVIRONMENTOrIsDefault() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let implied = try await bench.configbus("publish", "parsing", at: registry, input: "{}")
                #expect(implied.output.hasPrefix("parsing/default version 1 "))
                let variable = ["CONFIGBUS_ENVIRONMENT": "dev"]
                let set = try await bench.configbus(
                    "publish", "parsing", at: registry, input: "{}", environment: variable)
                #expect(set.output.hasPrefix("parsing/dev version 1 "))
                let flag = try await bench.configbus(
                    "publish", "parsing", "-e", "prod", at: registry, input: "{}", environment: variable)
                #expect(flag.output.hasPrefix("parsing/prod version 1 "))
            }
        }

        @Test func setAndUnsetChangeSingleValuesAndKeepTheOthers() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(
                    #"{"db": {"port": 5432, "hosts": ["a", "b"]}, "big": 18446744073709551617}"#,
                    as: bench.parsing)
                let set = try await bench.configbus(
                    "set", "parsing", "db.port=5433", "/db/hosts/1=\"c\"", "db.user=ann", "new.deep=[1.0]", "-e",
                    "prod",
                    "-o", "json", at: registry)
                let changed =
                    #"{"big":18446744073709551617,"db":{"hosts":["a","c"],"port":5433,"user":"ann"},"new":{"deep":[1.0]}}"#
                #expect(try set.record().content.bytes == Array(changed.utf8))
                let unset = try await bench.configbus(
                    "unset", "parsing", "db.hosts", "/new", "-e", "prod", "-o", "json", at: registry)
                let left = #"{"big":18446744073709551617,"db":{"port":5433,"user":"ann"}}"#
                #expect(try unset.record().content.bytes == Array(left.utf8))
                let string = try await bench.configbus(
                    "set", "parsing", "--string", "db.port=5433", "-e", "prod", "-o", "json", at: registry)
                #expect(try string.record().content.object["db"]?.description == #"{"port":"5433","user":"ann"}"#)
            }
        }

        @Test func editsOfSeveralPeopleAtTheSameTimeAllArrive() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish("{}", as: bench.parsing)
                let edits = try (1...6).map { number in
                    try bench.start(
                        ["set", "parsing", "key\(number)=\(number)", "-e", "prod"],
                        environment: ["CONFIGBUS_URL": registry.url])
                }
                for edit in edits { #expect(try await edit.waitForExit() == .exited(0)) }
                let head = try #require(try await registry.history(of: bench.parsing).last)
                #expect(head.version == 7)
                #expect(try head.content.object.keys == (1...6).map { "key\($0)" })
            }
        }

        @Test func rollbackPublishesTheOldContentUnderTheNextNumber() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for number in 1...3 { try await registry.publish(#"{"n": \#(number)}"#, as: bench.parsing) }
                let result = try await bench.configbus(
                    "rollback", "parsing", "1", "-e", "prod", "-o", "json", at: registry)
                let record = try result.record()
                #expect(record.version == 4)
                #expect(record.restoredFrom == 1)
                #expect(record.content.bytes == Array(#"{"n":1}"#.utf8))
            }
        }

        @Test func deleteSaysWhichVersionItWasAndIsRefusedWhereThereIsNothingToDelete() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish("{}", as: bench.parsing)
                let first = try await bench.configbus("delete", "parsing", "-e", "prod", at: registry)
                #expect(first.status == .exited(0))
                #expect(first.output == "parsing/prod deleted with version 2.\n")
                let second = try await bench.configbus("delete", "parsing", "-e", "prod", "-o", "json", at: registry)
                #expect(second.status == .exited(1))
                #expect(try second.object()["type"] == .string("deleted"))
                #expect(second.errors.contains("was deleted with version 2 already"))
                let unknown = try await bench.configbus("delete", "parsing", "-e", "dev", at: registry)
                #expect(unknown.status == .exited(1))
                #expect(unknown.errors.contains("Nothing was deleted. There is no document parsing/dev"))
            }
        }
    }
}
