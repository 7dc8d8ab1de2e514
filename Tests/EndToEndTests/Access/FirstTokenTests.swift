import ConfigAccess
import ConfigModel
import ConfigStore
import Foundation
import Logging
import MongoStore
import SQLiteStore
import TestSupport
import Testing

/// The first token is made at the store, never over HTTP, and exactly once.
@Suite("The first token of an embedded store", .timeLimit(.minutes(3)), .showsProcesses)
struct EmbeddedFirstTokenTests {
    @Test func isPrintedAloneTheStoreHasItsHashAndNowhereItsText() async throws {
        try await withBench(on: nil) { bench in
            let result = try await bench.configbus("token", "bootstrap", "--data-dir", bench.path("data"))
            #expect(result.status == .exited(0))
            let text = try #require(TokenText(parsing: result.output.trimmingCharacters(in: .newlines)))
            #expect(result.output == text.secretText + "\n")
            #expect(try result.output.prefixMatch(of: Regex(TokenText.pattern)) != nil)
            #expect(result.errors.contains(text.id) && result.errors.contains("admin:#/*"))
            #expect(!result.errors.contains(text.secretText))
            #expect(try bench.files(in: "data", containing: Array(text.secretText.utf8)) == [])
            #expect(try bench.files(in: "data", containing: text.hash).isEmpty == false)
            let shown = try await bench.configbus("admin", "auth", "--data-dir", bench.path("data"))
            #expect(shown.output == "authentication: required\nstore: \(bench.path("data"))\n")
        }
    }

    @Test func isWrittenToANewFileThatOnlyItsOwnerReadsAndNeverOverAnother() async throws {
        try await withBench(on: nil) { bench in
            let file = bench.path("admin.token")
            let command = ["token", "bootstrap", "--data-dir", bench.path("data"), "--out", file]
            let result = try await bench.configbus(command)
            #expect(result.status == .exited(0) && result.output == "")
            #expect(try bench.token(in: file).id.count == 12)
            #expect(try bench.permissions(of: file) == 0o600)
            let before = try String(contentsOfFile: file, encoding: .utf8)
            let again = try await bench.configbus(command)
            #expect(again.status == .exited(1) && again.errors.contains("Nothing is overwritten"))
            #expect(try String(contentsOfFile: file, encoding: .utf8) == before)
            #expect(try await bench.embedded { try await $0.tokens().count } == 1)
            let elsewhere = bench.path("nowhere/admin.token")
            let lost = try await bench.configbus(
                "token", "bootstrap", "--data-dir", bench.path("data"), "--out", elsewhere)
            #expect(lost.status == .exited(1))
            #expect(try await bench.embedded { try await $0.tokens().count } == 1)
        }
    }

    @Test func isNotMadeInAFolderThatWasNamedByMistakeNorWhileARegistryRunsOnTheStore() async throws {
        try await withBench(on: nil) { bench in
            let missing = try await bench.shell("cd '\(bench.directory)' && configbus token bootstrap")
            #expect(missing.status == .exited(1) && missing.errors.contains("--data-dir"))
            let registry = try await bench.startEmbedded()
            let inUse = try await bench.configbus(
                "token", "bootstrap", "--data-dir", bench.path("data"), "--out", bench.path("t"))
            #expect(inUse.status == .exited(1) && inUse.errors.contains("in use by another configbus process"))
            #expect(!FileManager.default.fileExists(atPath: bench.path("t")))
            #expect(registry.process.exitStatus == nil)
        }
    }

    @Test func isMadeAgainWhenEveryAdministratorIsLostAndTheAccessLogSaysSo() async throws {
        try await withBench(on: nil) { bench in
            for round in 0..<2 {
                let result = try await bench.configbus("token", "bootstrap", "--data-dir", bench.path("data"))
                #expect(result.status == .exited(0))
                #expect(result.errors.contains("token revoke") == (round == 1))
            }
            let (tokens, log) = try await bench.embedded { store in
                (try await store.tokens(), try await store.accessLog(AccessLogQuery()).entries)
            }
            #expect(tokens.count == 2 && tokens.allSatisfy { $0.name == "bootstrap" && $0.revokedAt == nil })
            #expect(log.map(\.type) == ["token-bootstrapped", "token-bootstrapped"])
            #expect(log.allSatisfy { $0.kind == .store && $0.tokenID == nil })
        }
    }

    // MARK: With a registry

    @Test func isMadeByARegistryWithBootstrapFileOnceAndNeverOverAFileThatIsThere() async throws {
        try await withBench(on: nil) { bench in
            let file = bench.path("first.token")
            var registry = try await bench.startEmbedded(["--bootstrap-file", file])
            let text = try bench.token(in: file)
            #expect(try bench.permissions(of: file) == 0o600)
            try await registry.process.kill9()
            registry = try await bench.startEmbedded(["--bootstrap-file", bench.path("second.token")])
            #expect(!FileManager.default.fileExists(atPath: bench.path("second.token")))
            try await registry.process.kill9()
            let tokens = try await bench.embedded { try await $0.tokens() }
            #expect(tokens.map(\.hash) == [text.hash])
            let output = bench.transcript
            #expect(!output.contains(text.secretText))
        }
    }

    @Test func isNotMadeWhereSomethingElseIsInItsFile() async throws {
        try await withBench(on: nil) { bench in
            for (number, content) in ["", "{}", "cbt_aaaaaaaaaaaa_x\n"].enumerated() {
                let file = bench.path("file\(number)")
                #expect(
                    FileManager.default.createFile(
                        atPath: file, contents: Data(content.utf8), attributes: [.posixPermissions: 0o600]))
                let result = try await bench.configbus(
                    bench.serveArguments(store: .embedded(), bus: .inProcess) + ["--bootstrap-file", file])
                #expect(result.status == .exited(1) && result.errors.contains(file))
                #expect(try String(contentsOfFile: file, encoding: .utf8) == content)
            }
            #expect(try await bench.embedded { try await $0.tokens().count } == 0)
        }
    }

    @Test func isTheOneInTheFileWhenAStartWasCutOffBetweenTheFileAndTheStore() async throws {
        try await withBench(on: nil) { bench in
            let (text, file) = (TokenText.random(), bench.path("first.token"))
            #expect(
                FileManager.default.createFile(
                    atPath: file, contents: Data((text.secretText + "\n").utf8), attributes: [.posixPermissions: 0o600])
            )
            let registry = try await bench.startEmbedded(["--bootstrap-file", file])
            try await registry.process.kill9()
            #expect(try await bench.embedded { try await $0.tokens().map(\.hash) } == [text.hash])
        }
    }

    @Test func isThereOnceAndWithItsTextWhereverTheStartIsKilled() async throws {
        try await withBench(on: nil) { bench in
            let file = bench.path("first.token")
            let arguments = try bench.serveArguments(store: .embedded(), bus: .inProcess) + ["--bootstrap-file", file]
            for _ in 0..<8 {
                let process = try bench.start(arguments)
                // Anywhere from the first instruction to a registry that runs.
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...250)))
                try await process.kill9()
            }
            let registry = try await bench.startEmbedded(["--bootstrap-file", file])
            try await registry.process.kill9()
            let text = try bench.token(in: file)
            #expect(try await bench.embedded { try await $0.tokens().map(\.hash) } == [text.hash])
        }
    }

    // MARK: Authentication

    @Test func makesEveryRegistryNeedACredentialUntilThatIsTakenBackAtTheStore() async throws {
        try await withBench(on: nil) { bench in
            _ = try await bench.configbus("token", "bootstrap", "--data-dir", bench.path("data"))
            let serve = try bench.serveArguments(store: .embedded(), bus: .inProcess)
            let refused = try await bench.configbus(serve + ["--auth", "off"])
            #expect(refused.status == .exited(2) && refused.errors.contains("configbus admin auth --off"))
            let off = try await bench.configbus(
                "admin", "auth", "--off", "-o", "json", "--data-dir", bench.path("data"))
            #expect(try off.object()["authentication"] == .string("off"))
            let registry = try await bench.startEmbedded(["--auth", "off"])
            try await registry.process.kill9()
            let entries = try await bench.embedded { try await $0.accessLog(AccessLogQuery()).entries }
            #expect(entries.first?.type == "authentication-set" && entries.first?.subject == "off")
        }
    }

    @Test func isMissedByARegistryThatNeedsCredentialsWhichSaysOnceHowToMakeIt() async throws {
        try await withBench(on: nil) { bench in
            let registry = try await bench.startEmbedded(["--auth", "required"])
            try await eventually("the advice") { registry.process.errors.text.contains("configbus token bootstrap") }
            try await registry.process.kill9()
            #expect(try await bench.embedded { try await $0.state().authentication } == .required)
        }
    }
}

extension EndToEnd {
    @Suite("The first token of a database", .timeLimit(.minutes(3))) struct FirstTokenTests {
        @Test func isMadeByOneOfTwoRegistriesThatStartTogetherEachWithAFileOfItsOwn() async throws {
            try await withBench { bench in
                let files = ["a", "b"].map { bench.path("\($0).token") }
                let arguments = try bench.serveArguments(store: .mongodb(), bus: .inProcess)
                let processes = try files.map { try bench.start(arguments + ["--bootstrap-file", $0]) }
                for process in processes { _ = try await RunningRegistry(process) }
                let made = files.filter { FileManager.default.fileExists(atPath: $0) }
                let file = try #require(made.first)
                #expect(made.count == 1)
                let text = try bench.token(in: file)
                #expect(try bench.permissions(of: file) == 0o600)
                let tokens = try await bench.stored { try await $0.tokens() }
                #expect(tokens.map(\.hash) == [text.hash] && tokens.first?.grants == [.administrator])
                #expect(!bench.transcript.contains(text.secretText))
            }
        }

        @Test func endsARegistryThatRunsWithoutAuthentication() async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(bus: .inProcess, "--auth", "off")
                let result = try await bench.configbus("token", "bootstrap", "--mongodb-uri", bench.databaseURI())
                #expect(result.status == .exited(0))
                #expect(try await registry.process.waitForExit() == .exited(2))
                #expect(registry.process.errors.text.contains("configbus admin auth --off"))
                let text = try #require(TokenText(parsing: result.output.trimmingCharacters(in: .newlines)))
                let tokens = try await bench.stored { try await $0.tokens() }
                #expect(tokens.map(\.hash) == [text.hash])
                #expect("\(tokens)".contains(text.secretText) == false)
            }
        }
    }
}

extension TestBench {
    /// The token in a file.
    func token(in file: String) throws -> TokenText {
        let content = try String(contentsOfFile: file, encoding: .utf8)
        return try #require(TokenText(parsing: content.trimmingCharacters(in: .newlines)))
    }

    func permissions(of file: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    }

    /// The names of the files in a folder of this test that hold these bytes.
    func files(in folder: String, containing bytes: [UInt8]) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path(folder)).filter { name in
            try Data(contentsOf: URL(fileURLWithPath: "\(path(folder))/\(name)")).range(of: Data(bytes)) != nil
        }
    }

    /// Reads the embedded store of this test, on which no registry runs.
    func embedded<Result: Sendable>(
        _ body: (any RegistryStore) async throws -> Result
    ) async throws -> Result {
        let store = try await SQLiteStore.open(directory: path("data"), logger: .silent)
        do {
            let result = try await body(store)
            await store.close()
            return result
        } catch {
            await store.close()
            throw error
        }
    }

    /// Reads the database of this test.
    func stored<Result: Sendable>(
        _ body: (any RegistryStore) async throws -> Result
    ) async throws -> Result {
        let store = try await MongoStore.open(uri: databaseURI(), logger: .silent)
        do {
            let result = try await body(store)
            await store.close()
            return result
        } catch {
            await store.close()
            throw error
        }
    }
}
