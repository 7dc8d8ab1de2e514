import ConfigModel
import ConfigSignatures
import Foundation
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

/// A store in which an old key signed, and the files of both keys.
private struct KeyChange {
    let bench: TestBench
    let old: (private: String, public: String)
    let new: (private: String, public: String)
    /// A file of both public keys.
    let both: String
    let keys: [DocumentKey]

    init(_ bench: TestBench) async throws {
        self.bench = bench
        (old, new) = (try await bench.keys("old"), try await bench.keys("new"))
        both = bench.path("both.pub")
        let lines = try [old.public, new.public].map { try String(contentsOfFile: $0, encoding: .utf8) }
        try lines.joined().write(toFile: both, atomically: true, encoding: .utf8)
        keys = try (0..<6).map { try DocumentKey(service: "s\($0)", environment: "prod") }
    }

    func publish(at registry: RunningRegistry, versions: Int = 5) async throws {
        for _ in 1...versions {
            for key in keys { try await registry.publish(#"{"n": \#(Int.random(in: 0...99))}"#, as: key) }
        }
    }

    func resign(_ store: [String], _ more: String...) -> [String] {
        ["keys", "resign", "--old-keys", old.public, "--signing-key", new.private, "--output", "json"] + store + more
    }

    /// Ends the command at some moments, and then lets it come to its end.
    func resignInPieces(_ store: [String]) async throws -> JSONObject {
        for milliseconds in [5, 40, 90, 150] {
            let process = try bench.start(resign(store))
            try await Task.sleep(for: .milliseconds(milliseconds))
            process.send(SIGKILL)
            _ = try await process.waitForExit()
        }
        let result = try await bench.configbus(resign(store))
        #expect(result.status == .exited(0), "\(result.errors)")
        return try result.object()
    }

    func histories(at registry: RunningRegistry) async throws -> [[VersionRecord]] {
        var histories: [[VersionRecord]] = []
        for key in keys { histories.append(try await registry.history(of: key)) }
        return histories
    }

    func check(_ before: [[VersionRecord]], at registry: RunningRegistry) async throws {
        let trusted = try TrustedKeys(parsing: String(contentsOfFile: new.public, encoding: .utf8))
        let after = try await histories(at: registry)
        #expect(after.map { $0.map(\.unsigned) } == before.map { $0.map(\.unsigned) }, "only signatures changed")
        for record in after.flatMap({ $0 }) { try trusted.verify(record.signedFacts, signature: record.signature) }
    }
}

extension CommandLineTests {
    /// A change of the signing key in four steps, on the embedded store.
    @Suite struct KeyChangeTests {
        @Test func theNewKeysSignatureTakesTheOldOnesPlaceWheneverTheCommandIsEndedAndBegunAgain() async throws {
            try await withBench(on: nil) { bench in
                let change = try await KeyChange(bench)
                let store = ["--data-dir", bench.path("data")]
                var registry = try await bench.startEmbedded(["--signing-key", change.old.private])
                try await change.publish(at: registry)
                let before = try await change.histories(at: registry)
                try await stop(registry)
                _ = try await bench.configbus(["admin", "new-epoch", "--signing-key", change.old.private] + store)

                let survey = try await bench.configbus(change.resign(store, "--dry-run"))
                #expect(survey.status == .exited(1))
                #expect(try survey.object().int64("with_old_key") == 30 && survey.object().int64("signed") == 0)
                #expect(try survey.object().string("epoch_statement") == "with_old_key")
                let report = try await change.resignInPieces(store)
                #expect(try report.int64("signed") == 30 && report.int64("with_old_key") == 0)
                #expect(try report.string("epoch_statement") == "signed")

                registry = try await bench.startEmbedded(["--signing-key", change.new.private])
                try await change.check(before, at: registry)
                // The old key is not known any more.
                let watcher = try bench.startWatcher(
                    of: change.keys.map(\.service), at: registry, over: .serverSentEvents,
                    ["--trusted-keys", change.new.public])
                for key in change.keys { try await watcher.report("applied", 5, of: key) }
            }
        }

        @Test func whatAnOldKeyDidNotSignIsNamedAndLeftWithExitCode1() async throws {
            try await withBench(on: nil) { bench in
                let change = try await KeyChange(bench)
                let store = ["--data-dir", bench.path("data")]
                var registry = try await bench.startEmbedded()
                try await registry.publish("{}", as: bench.parsing)
                try await stop(registry)
                registry = try await bench.startEmbedded(["--signing-key", change.old.private])
                try await registry.publish(#"{"n": 2}"#, as: bench.parsing)
                try await stop(registry)
                let json = try await bench.configbus(change.resign(store))
                #expect(json.status == .exited(1))
                #expect(try json.object().int64("others") == 1 && json.object().int64("signed") == 1)
                var arguments = change.resign(store)
                arguments.removeAll { $0 == "--output" || $0 == "json" }
                let text = try await bench.configbus(arguments)
                #expect(text.output.contains("parsing/prod version 1: It is not signed."))
            }
        }

        @Test func wrongKeysAndEmptyStoresAreRefusedAndChangeNothing() async throws {
            try await withBench(on: nil) { bench in
                let change = try await KeyChange(bench)
                let data = bench.path("data")
                for (arguments, status, says) in [
                    (change.resign(["--data-dir", data]), 1, "no embedded store"),
                    (["keys", "resign", "--old-keys", change.old.public, "--data-dir", data], 2, "--signing-key"),
                    (
                        ["keys", "resign", "--old-keys", change.new.public, "--signing-key", change.new.private], 2,
                        "no other key"
                    ),
                    (
                        ["keys", "resign", "--old-keys", change.old.private, "--signing-key", change.new.private], 2,
                        "private key"
                    ),
                    (
                        ["keys", "resign", "--old-keys", change.old.public, "--signing-key", change.new.public], 2,
                        "public key"
                    ),
                ] as [([String], Int32, String)] {
                    let result = try await bench.configbus(arguments)
                    #expect(result.status == .exited(status) && result.errors.contains(says), "\(result.errors)")
                }
                let registry = try await bench.startEmbedded()
                try await stop(registry)
                let empty = try await bench.configbus(change.resign(["--data-dir", data]))
                #expect(empty.status == .exited(1) && empty.errors.contains("This store is empty"))
            }
        }

        @Test func aKeyWithScopesIsTrustedInsideOfThemOnlyStagingDoesNotSignForProduction() async throws {
            try await withBench(on: nil) { bench in
                let keys = try await bench.keys()
                let line = try String(contentsOfFile: keys.public, encoding: .utf8).filter { $0 != "\n" }
                let scoped = bench.path("scoped.pub")
                try "\(line) #/staging\n".write(toFile: scoped, atomically: true, encoding: .utf8)
                let listed = try await bench.configbus("keys", "list", "--trusted", "--output", "json", scoped)
                #expect(listed.output.contains(##""scopes":["#/staging"]"##))
                let registry = try await bench.startEmbedded(["--signing-key", keys.private])
                let staging = try DocumentKey(service: "parsing", environment: "staging")
                for key in [bench.parsing, staging] { try await registry.publish(#"{"n": 1}"#, as: key) }
                func watch(_ environment: String) async throws -> CommandResult {
                    try await bench.configbus(
                        "watch", "parsing", "--environment", environment, "--once", "--output", "json",
                        "--trusted-keys",
                        scoped, at: registry)
                }
                let good = try await watch("staging")
                #expect(good.status == .exited(0) && good.output.contains("\"applied\""))
                let bad = try await watch("prod")
                #expect(bad.status == .exited(1) && !bad.output.contains("\"applied\""))
                #expect((bad.output + bad.errors).contains("trusted for #/staging only"), "\(bad.output)\(bad.errors)")
            }
        }

        private func stop(_ registry: RunningRegistry) async throws {
            registry.process.send(SIGTERM)
            _ = try await registry.process.waitForExit()
        }
    }
}

extension EndToEnd {
    @Suite("Keys on MongoDB") struct MongoKeyTests {
        @Test func aKeyIsChangedWhileARegistryRunsItServesTheNewSignaturesAndAnnouncesNothing() async throws {
            try await withBench { bench in
                let change = try await KeyChange(bench)
                let store = ["--mongodb-uri", try bench.databaseURI()]
                let first = try await bench.startRegistry("--signing-key", change.old.private)
                try await change.publish(at: first)
                let before = try await change.histories(at: first)
                let watcher = try bench.startWatcher(
                    of: change.keys.map(\.service), at: first, ["--trusted-keys", change.both])
                for key in change.keys { try await watcher.report("applied", 5, of: key) }
                let second = try await bench.startRegistry("--signing-key", change.new.private)
                let report = try await change.resignInPieces(store)
                #expect(try report.int64("signed") == 30)
                // Each registry, from memory too.
                for registry in [first, second] {
                    try await eventually("the new signatures") {
                        try await change.check(before, at: registry)
                        return true
                    }
                }
                // Whoever trusts both keys goes on; whoever trusts the new one alone begins.
                try await second.publish(#"{"n": 1000}"#, as: change.keys[0])
                try await watcher.report("applied", 6, of: change.keys[0])
                #expect(try watcher.lines().map(\.outcome) == Array(repeating: "applied", count: 7))
                let late = try bench.startWatcher(
                    of: change.keys.map(\.service), at: first, ["--trusted-keys", change.new.public])
                for key in change.keys.dropFirst() { try await late.report("applied", 5, of: key) }
            }
        }

        @Test func aSecondRegistryWithoutTheKeyDoesNotStepAroundSigningItRefusesEveryWriteAndServesReads() async throws
        {
            try await withBench { bench in
                let keys = try await bench.keys()
                let keyed = try await bench.startRegistry("--signing-key", keys.private)
                try await keyed.publish(#"{"n": 1}"#, as: bench.parsing)
                let keyless = try await bench.startRegistry("--log-level", "critical")
                #expect(try await keyless.history(of: bench.parsing).map(\.version) == [1])
                for arguments in [
                    ["publish", "parsing", "-"], ["publish", "other", "-"], ["delete", "parsing"],
                    ["rollback", "parsing", "1", "--force"], ["set", "parsing", "n=2"],
                ] {
                    let refused = try await bench.configbus(
                        arguments + ["--environment", "prod"], at: keyless, input: #"{"n": 2}"#)
                    #expect(refused.status == .exited(1), "\(arguments)")
                    #expect(refused.errors.contains("configbus admin signing --off"), "\(refused.errors)")
                }
                #expect(
                    try await bench.configbus("get", "parsing", "n", "--environment", "prod", at: keyless).output
                        == "1\n"
                )
                #expect(try await keyed.history(of: bench.parsing).map { $0.signature != nil } == [true])
                try await keyed.publish(#"{"n": 2}"#, as: bench.parsing)
                #expect(try await keyless.history(of: bench.parsing).map { $0.signature != nil } == [true, true])
            }
        }
    }
}
