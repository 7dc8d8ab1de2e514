import ConfigModel
import ConfigWatcher
import Logging
import TestSupport
import Testing

@testable import FileSource

/// A document without a file is said with the path that was looked at.
@Suite("A file that is not there", .timeLimit(.minutes(1)))
struct AbsenceTests {
    private let key: DocumentKey

    init() throws { key = try DocumentKey(parsing: "parsing/prod") }

    @Test func isNamedByItsPath() async throws {
        try await FileScene.with { scene in
            let sentence = await scene.file("parsing.yaml").absence(of: key)
            #expect(sentence == "There is no file \(scene.path("parsing.yaml")).")
        }
    }

    @Test func ofADirectoryIsNamedWithTheEnvironmentsThatAreThere() async throws {
        try await FileScene.with { scene in
            let missing = await scene.directory("config").absence(of: key)
            #expect(missing == "There is no directory \(scene.path("config")).")
            try scene.makeDirectory("config")
            let empty = await scene.directory("config").absence(of: key)
            #expect(empty?.hasSuffix("the directory has no environment.") == true)
            for name in ["test", "dev", ".git", "no environment"] { try scene.makeDirectory("config/\(name)") }
            try scene.write("{}", to: "config/notes.json")
            let sentence = await scene.directory("config").absence(of: key)
            #expect(
                sentence
                    == "There is no file \(scene.path("config"))/prod/parsing with one of the endings .json, .yaml, .yml, .toml; "
                    + "environments there: dev, test.")
        }
    }

    @Test func isInTheLogWithItsPathOnce() async throws {
        try await FileScene.with { scene in
            let log = LogRecorder()
            let watcher = try ConfigWatcher(key: "parsing/prod", source: scene.file("parsing.json"), logger: log.logger)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await watcher.run() }
                try await eventually("said") { !log.lines.isEmpty }
                let reasons = log.lines.map { line in line.metadata["error"].map { "\($0)" } }
                #expect(reasons == ["There is no file \(scene.path("parsing.json"))."])
                #expect(watcher.health.reason == "There is no file of parsing/prod.")
                try scene.write("{}", to: "parsing.json")
                _ = try await watcher.ready()
                group.cancelAll()
            }
        }
    }

    @Test func whatItsNameDoesNotSayIsSaidInCodeAndOnTheCommandLine() async throws {
        try await FileScene.with { scene in
            try scene.write("{}", to: "parsing.conf")
            let watcher = try ConfigWatcher(key: "parsing/prod", source: scene.file("parsing.conf"), logger: nil)
            var outcomes = watcher.outcomes.makeAsyncIterator()
            await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await watcher.run() }
                let reason = await outcomes.next()?.reason
                #expect(reason?.contains("format: .yaml") == true && reason?.contains("--format yaml") == true)
                group.cancelAll()
            }
        }
    }
}
