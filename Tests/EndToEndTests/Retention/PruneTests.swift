import ConfigModel
import Foundation
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

extension EndToEnd {
    /// Versions that are not kept any more.
    @Suite struct PruneTests {
        /// Versions 1 to 6 of a document, the first three with a word that has to go.
        private func publishSecret(_ bench: TestBench, _ registry: RunningRegistry) async throws {
            for version in 1...6 {
                let word = version <= 3 ? "correct-horse-battery" : "nothing"
                try await registry.publish(#"{"n": \#(version), "word": "\#(word)"}"#, as: bench.parsing)
            }
            try await announced(registry)
        }

        private func announced(_ registry: RunningRegistry) async throws {
            try await eventually("all versions to be announced") {
                guard case .object(let store)? = try await registry.client.health().details["store"] else {
                    return false
                }
                return store["unannounced"] == .number(JSONNumber(0))
            }
        }

        private func remove(
            _ bench: TestBench, _ store: CommandStore, through version: Int
        ) async throws -> CommandResult {
            let place =
                store == .embedded ? ["--data-dir", bench.path("data")] : ["--mongodb-uri", try bench.databaseURI()]
            return try await bench.configbus(
                ["admin", "prune", "parsing", "-e", "prod", "--through", "\(version)", "--now"] + place)
        }

        /// On MongoDB the command waits until no registry counts on the numbers, for longer than a test may take.
        @Test(arguments: [CommandStore.embedded])
        func versionsOfASecretAreRemovedAtOnce(store: CommandStore) async throws {
            try await withBench { bench in
                var registry = try await bench.startRegistry(on: store)
                try await publishSecret(bench, registry)
                registry.process.send(SIGTERM)
                _ = try await registry.process.waitForExit()

                let head = try await remove(bench, store, through: 6)
                #expect(head.status == .exited(1))
                #expect(head.errors.contains("is the newest of parsing/prod and stays"))
                let removed = try await remove(bench, store, through: 3)
                #expect(removed.status == .exited(0), "\(removed.errors)")
                #expect(removed.output.hasPrefix("removed versions 1 to 3 of parsing/prod"))
                #expect(removed.output.hasSuffix("\nstore: \(bench.path("data"))\n"))
                let again = try await remove(bench, store, through: 2)
                #expect(again.output.hasPrefix("unchanged"))
                if store == .embedded { try expectNoTrace(of: "correct-horse-battery", in: bench.path("data")) }

                registry = try await bench.startRegistry(on: store)
                try await expectGone(bench, registry)
                let backup = try await bench.backup(registry, to: "pruned.jsonl")
                #expect(try backup.object().int64("pruned_versions") == 3)
            }
        }

        private func expectNoTrace(of word: String, in directory: String) throws {
            for file in try FileManager.default.contentsOfDirectory(atPath: directory) {
                let data = FileManager.default.contents(atPath: "\(directory)/\(file)") ?? Data()
                #expect(data.range(of: Data(word.utf8)) == nil, "\(file)")
            }
        }

        private func expectGone(_ bench: TestBench, _ registry: RunningRegistry) async throws {
            let key = bench.parsing
            #expect(try await registry.history(of: key).map(\.version) == [4, 5, 6])
            let problem = await #expect(throws: RegistryClientError.self) {
                try await registry.client.version(2, of: key)
            }
            #expect(problem?.problem?.type == .pruned)
            #expect(problem?.problem?.status == 410)
            #expect(problem?.problem?.members["oldest_version"] == .number(JSONNumber(4)))
            let listed = try await bench.configbus("list", "-e", "prod", at: registry)
            #expect(listed.output.contains("parsing"))
            let rollback = try await bench.configbus("rollback", "parsing", "3", "-e", "prod", at: registry)
            #expect(rollback.status == .exited(1))
            #expect(rollback.errors.contains("not kept any more; the oldest that is has the number 4"))
        }

        @Test func pruningNeedsARule() async throws {
            try await withBench(on: nil) { bench in
                let place = ["--data-dir", bench.path("data")]
                let registry = try await bench.startEmbedded()
                registry.process.send(SIGTERM)
                _ = try await registry.process.waitForExit()
                for (arguments, status, text) in [
                    ([], 2, "--keep-versions"), (["--keep-versions", "9"], 2, "10"), (["--keep-days", "6"], 2, "7"),
                    (["--through", "3"], 2, "SERVICE"), (["parsing", "--through", "3"], 2, "--now"),
                    (["--keep-versions", "10", "--dry-run"], 0, "would remove 0 versions"),
                    (["--keep-versions", "10", "--dry-run"], 0, "store: \(bench.path("data"))"),
                ] as [([String], Int32, String)] {
                    let result = try await bench.configbus(["admin", "prune"] + arguments + place)
                    #expect(result.status == .exited(status), "\(arguments)")
                    #expect((result.output + result.errors).contains(text), "\(arguments): \(result.errors)")
                }
            }
        }

        /// 100 versions that are eight days old; the program is killed at some moment of pruning, again and again.
        @Test(.enabled(if: TestServers.areThere, "it needs MongoDB"))
        func aRunThatIsKilledLeavesNothingInconsistent() async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(bus: .inProcess)
                for number in 1...20 {
                    let key = try DocumentKey(service: "s\(number)", environment: "prod")
                    for version in 1...30 { try await registry.publish(#"{"n": \#(version)}"#, as: key) }
                }
                try await announced(registry)
                try await TestDatabase.age(by: 8 * 86_400, in: bench.database)
                for round in 1...10 {
                    let process = try bench.start([
                        "admin", "prune", "--keep-versions", "\(30 - round)", "--mongodb-uri", bench.databaseURI(),
                    ])
                    try await Task.sleep(for: .milliseconds(Int.random(in: 50...600)))
                    process.send(SIGKILL)
                    _ = try await process.waitForExit()
                    try await expectConsistent(registry)
                    try await TestDatabase.endPruningLease(in: bench.database)
                }
                let last = try await bench.configbus(
                    "admin", "prune", "--keep-versions", "10", "--mongodb-uri", try bench.databaseURI())
                #expect(last.status == .exited(0), "\(last.errors)")
                try await expectConsistent(registry, keeping: 10)
                #expect(try await registry.client.health().details["damaged_versions"] == nil)
            }
        }

        /// Each history is without a gap down to its oldest version, and what is before that is gone.
        private func expectConsistent(_ registry: RunningRegistry, keeping count: Int? = nil) async throws {
            for number in 1...20 {
                let key = try DocumentKey(service: "s\(number)", environment: "prod")
                let history = try await registry.history(of: key)
                let first = try #require(history.first).version
                #expect(history.map(\.version) == Array(first...30))
                #expect(zip(history, history.dropFirst()).allSatisfy { $0.recordHash == $1.previousHash })
                if let count { #expect(history.count == count) }
                guard first > 1 else { continue }
                for version in [1, first - 1] {
                    let error = await #expect(throws: RegistryClientError.self) {
                        try await registry.client.version(version, of: key)
                    }
                    #expect(error?.problem?.type == .pruned, "\(key) \(version)")
                }
            }
        }
    }
}
