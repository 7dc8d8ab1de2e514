import ConfigModel
import RegistryClient
import TestSupport
import Testing

extension CommandLineTests {
    /// rollback without a version, and of one place.
    @Suite struct RollbackTests {
        @Test func withoutAVersionTheOneBeforeTheNewestIsBroughtBack() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for number in 1...3 { try await registry.publish(#"{"n": \#(number)}"#, as: bench.parsing) }
                let result = try await bench.configbus("rollback", "parsing", "-e", "prod", "-o", "json", at: registry)
                let record = try result.record()
                #expect(record.version == 4)
                #expect(record.restoredFrom == 2)
            }
        }

        @Test func withoutAVersionADeletedDocumentIsRevived() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                _ = try await registry.client.delete(bench.parsing)
                let result = try await bench.configbus("rollback", "parsing", "-e", "prod", "-o", "json", at: registry)
                let record = try result.record()
                #expect(record.version == 3)
                #expect(record.content.bytes == Array(#"{"n":1}"#.utf8))
            }
        }

        @Test func aFirstVersionHasNoneBeforeIt() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish("{}", as: bench.parsing)
                let result = try await bench.configbus("rollback", "parsing", "-e", "prod", at: registry)
                #expect(result.status == .exited(1))
                #expect(result.errors.contains("parsing/prod has one version"))
            }
        }

        @Test func withAPathOnlyThatPlaceIsAsItWas() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for json in [
                    #"{"db": {"pool": 1, "port": 1}, "n": 1}"#, #"{"db": {"pool": 2, "port": 2}, "n": 2, "new": 1}"#,
                ] { try await registry.publish(json, as: bench.parsing) }
                let arguments = ["rollback", "parsing", "1", "-e", "prod", "-o", "json", "--path"]
                let changed = try await bench.configbus(arguments + ["db.pool"], at: registry).record()
                #expect(changed.content.bytes == Array(#"{"db":{"pool":1,"port":2},"n":2,"new":1}"#.utf8))
                #expect(changed.comment == "db.pool as in version 1")
                let removed = try await bench.configbus(arguments + ["/new", "-c", "why"], at: registry).record()
                #expect(removed.content.bytes == Array(#"{"db":{"pool":1,"port":2},"n":2}"#.utf8))
                #expect(removed.comment == "why")
                let again = try await bench.configbus(arguments + ["new"], at: registry)
                #expect(try again.object()["unchanged"] == .bool(true))
                #expect(try await registry.history(of: bench.parsing).count == 4)
            }
        }

        @Test func withAPathTheNewestVersionHasToBeTheExpectedOne() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                for number in 1...3 { try await registry.publish(#"{"n": \#(number)}"#, as: bench.parsing) }
                let result = try await bench.configbus(
                    "rollback", "parsing", "1", "-e", "prod", "--path", "n", "--expected-version", "2", at: registry)
                #expect(result.status == .exited(1))
                #expect(try await registry.history(of: bench.parsing).count == 3)
            }
        }

        @Test func aVersionThatIsADeletionHasNothingToBringBack() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                _ = try await registry.client.delete(bench.parsing)
                try await registry.publish(#"{"n": 2}"#, as: bench.parsing)
                let result = try await bench.configbus(
                    "rollback", "parsing", "2", "-e", "prod", "--path", "n", at: registry)
                #expect(result.status == .exited(1))
                #expect(result.errors.contains("Version 2 of parsing/prod is a deletion"))
            }
        }
    }
}
