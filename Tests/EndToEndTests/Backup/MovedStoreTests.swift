import ConfigModel
import Foundation
import Glibc
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

extension EndToEnd {
    /// A store that comes back from a backup, in a store of the other kind.
    @Suite struct MovedStoreTests {
        @Test(arguments: CommandStore.there)
        func everyVersionComesBackByteForByteAndWatchersAndAuditGoOn(from source: CommandStore) async throws {
            try await withBench { bench in
                let target: CommandStore = source == .embedded ? .mongodb : .embedded
                let keys = try await bench.keys("audit")
                let old = try await bench.serve(source, directory: "data", ["--audit-keys", keys.public])
                try await fill(bench, old)
                let audit = try bench.startAudit(of: old, ["--signing-key", keys.private])
                try await audit.entries(3, about: bench.parsing)
                try await end(audit.process)
                _ = try await bench.backup(old, to: "old.jsonl")

                // What the backup does not know.
                let watcher = try bench.startWatcher(of: "parsing", at: old, over: .serverSentEvents)
                for version in 4...5 { try await old.publish(#"{"n": \#(version)}"#, as: bench.parsing) }
                try await watcher.report("applied", 5, of: bench.parsing)
                let (port, epoch) = (old.port, try await self.epoch(of: old))
                try await end(old.process)

                let restored = try await bench.configbus(
                    ["restore", bench.path("old.jsonl"), "-o", "json"] + bench.storeOptions(target))
                #expect(restored.status == .exited(0) && restored.errors == "", "\(restored.errors)")
                let new = try await bench.serve(
                    target, directory: "restored", port: port, ["--audit-keys", keys.public])
                let newEpoch = try await self.epoch(of: new)
                #expect(newEpoch.number > epoch.number && newEpoch.identifier != epoch.identifier)
                #expect(try restored.object().string("epoch") == newEpoch.description)
                let newest = try #require(try await new.history(of: bench.parsing).last)
                #expect(newest.version == 3)
                try await watcher.report("applied", 3, of: bench.parsing, hash: newest.content.hash)
                _ = try await bench.backup(new, to: "new.jsonl")
                #expect(try bench.backedUp("new.jsonl") == bench.backedUp("old.jsonl"))
                let verified = try await bench.configbus(
                    "audit", "verify", "--file", audit.file, "--public-key", keys.public, "--head", new.url, "--name",
                    bench.name)
                #expect(verified.status == .exited(0), "\(verified.output)\(verified.errors)")
                let next = try await new.publish(#"{"n": "next"}"#, as: bench.parsing)
                #expect(next.version == 4 && next.epoch == newEpoch && next.previousHash == newest.recordHash)
            }
        }

        @Test func signedStoreNeedsAKeyAndTheSameKeyOnlyAtTheSameSite() async throws {
            try await withBench { bench in
                let (keys, other) = (try await bench.keys(), try await bench.keys("other"))
                let old = try await bench.startEmbedded(["--signing-key", keys.private])
                try await old.publish(#"{"n": 1}"#, as: bench.parsing)
                _ = try await bench.backup(old, to: "signed.jsonl")
                let trusted = try await bench.configbus(
                    "backup", "verify", bench.path("signed.jsonl"), "--trusted-keys", keys.public)
                #expect(trusted.status == .exited(0) && trusted.output.hasSuffix("\nsignatures checked\n"))
                let untrusted = try await bench.configbus(
                    "backup", "verify", bench.path("signed.jsonl"), "--trusted-keys", other.public)
                #expect(untrusted.status == .exited(1) && untrusted.errors.contains("Line 2:"))
                let restore = ["restore", bench.path("signed.jsonl"), "--data-dir", bench.path("restored")]
                for (options, reason) in [
                    ([], "--signing-key"), (["--signing-key", keys.private], "--same-site"),
                    (["--signing-key", keys.private, "--same-site", "--epoch", "1"], "greater"),
                    (["--signing-key", keys.private, "--same-site", "--with-access"], "--with-access"),
                ] {
                    let refused = try await bench.configbus(restore + options)
                    #expect(refused.status == .exited(1) && refused.errors.contains(reason), "\(refused.errors)")
                    #expect(refused.errors.contains("Nothing was changed"))
                }
                let port = old.port
                let watcher = try bench.startWatcher(
                    of: "parsing", at: old, over: .serverSentEvents, ["--trusted-keys", keys.public])
                try await watcher.report("applied", 1, of: bench.parsing)
                try await old.publish(#"{"n": 2}"#, as: bench.parsing)
                try await watcher.report("applied", 2, of: bench.parsing)
                try await end(old.process)
                let done = try await bench.configbus(
                    restore + ["--signing-key", keys.private, "--same-site", "--epoch", "4000000000"])
                #expect(done.status == .exited(0) && done.output.contains("4000000000-"), "\(done.errors)")
                let new = try await bench.startEmbedded(
                    ["--signing-key", keys.private], directory: "restored", port: port)
                let first = try #require(try await new.history(of: bench.parsing).first)
                try await eventually("the signed epoch is followed") {
                    try watcher.applied(bench.parsing) == [1, 2, 1]
                }
                #expect(first.epoch.number == 1)
            }
        }

        @Test(arguments: CommandStore.there)
        func onlyAnEmptyStoreTakesABackup(_ store: CommandStore) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(on: store)
                try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                _ = try await bench.backup(registry, to: "backup.jsonl")
                try await end(registry.process)
                let refused = try await bench.configbus(
                    ["restore", bench.path("backup.jsonl")] + bench.storeOptions(store, directory: "data"))
                #expect(refused.status == .exited(1) && refused.errors.contains("not empty"))
                let again = try await bench.startRegistry(on: store)
                #expect(try await again.history(of: bench.parsing).count == 1)
            }
        }

        @Test func tokensComeBackOnlyWhenTheyAreWanted() async throws {
            try await withBench { bench in
                let data = ["--data-dir", bench.path("data")]
                let made = try await bench.configbus(["token", "bootstrap"] + data)
                let token = made.output.trimmingCharacters(in: .whitespacesAndNewlines)
                #expect(made.status == .exited(0))
                let registry = try await bench.startEmbedded()
                let taken = try await bench.configbus(
                    "backup", bench.path("backup.jsonl"), "--with-access", at: registry,
                    environment: ["CONFIGBUS_TOKEN": token])
                #expect(taken.status == .exited(0), "\(taken.errors)")
                #expect(try !String(contentsOfFile: bench.path("backup.jsonl"), encoding: .utf8).contains(token))
                #expect(try bench.permissions(of: bench.path("backup.jsonl")) == 0o600)
                for (directory, options, status) in [("with", ["--with-access"], 0), ("without", [], 4)] {
                    let restored = try await bench.configbus(
                        ["restore", bench.path("backup.jsonl"), "--data-dir", bench.path(directory)] + options)
                    #expect(restored.status == .exited(0), "\(restored.errors)")
                    #expect(restored.output.contains("token bootstrap") == options.isEmpty)
                    #expect(restored.output.hasSuffix("\nstore: \(bench.path(directory))\n"))
                    let isSaid = restored.errors.contains("left out: 1 token, 0 denials.")
                    #expect(isSaid == options.isEmpty && restored.errors.contains("--with-access") == options.isEmpty)
                    let new = try await bench.startEmbedded(directory: directory)
                    let list = try await bench.configbus("list", at: new, environment: ["CONFIGBUS_TOKEN": token])
                    #expect(list.status == .exited(Int32(status)), "\(directory): \(list.errors)")
                }
            }
        }

        private func fill(_ bench: TestBench, _ registry: RunningRegistry) async throws {
            for version in 1...3 { try await registry.publish(#"{"n": \#(version)}"#, as: bench.parsing) }
            let set = try ["a.b", "c"].map { name in
                DocumentChange(
                    .publish(try Content(parsing: Array(#"{"x": 1.0, "é": [null]}"#.utf8))),
                    of: try DocumentKey(service: name, environment: "prod"))
            }
            _ = try await registry.client.publish(changeSet: ChangeSetPublication(set, createdBy: "end to end"))
            let deleted = try await bench.configbus("delete", "c", "-e", "prod", at: registry)
            #expect(deleted.status == .exited(0), "\(deleted.errors)")
            try #"{"type": "object"}"#.write(
                toFile: bench.path("schema.json"), atomically: true, encoding: .utf8)
            let schema = try await bench.configbus("schema", "put", "parsing", bench.path("schema.json"), at: registry)
            #expect(schema.status == .exited(0), "\(schema.errors)")
        }

        private func epoch(of registry: RunningRegistry) async throws -> Epoch {
            let details = try await registry.client.health().details
            guard case .string(let text)? = details["epoch"] else { throw NotAnObject(line: "\(details)") }
            return try #require(Epoch(parsing: text))
        }

        private func end(_ process: ChildProcess) async throws {
            process.send(SIGTERM)
            #expect(try await process.waitForExit() == .exited(0))
        }
    }
}

extension TestBench {
    /// A registry on a store of a kind that announces on the broker.
    fileprivate func serve(
        _ store: CommandStore, directory: String, port: Int = 0, _ options: [String]
    ) async throws -> RunningRegistry {
        let place: StorePlace = store == .embedded ? .embedded(directory: directory) : .mongodb()
        return try await RunningRegistry(
            start(serveArguments(store: place, bus: .rabbitMQ(), port: port) + options))
    }
}
