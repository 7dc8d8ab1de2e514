import ConfigModel
import Foundation
import TestSupport
import Testing

/// The README's program runs against the README's documents.
@Suite("README", .timeLimit(.minutes(3))) struct ReadmeTests {
    private let text: String

    init() throws {
        text = try String(contentsOfFile: repository + "/README.md", encoding: .utf8)
    }

    @Test func theSwiftProgramIsTheOneThatIsCompiledHere() throws {
        let source = try String(
            contentsOfFile: repository + "/Tests/EndToEndTests/Readme/ReadmeProgram.swift", encoding: .utf8
        )
        .split(separator: "\n", omittingEmptySubsequences: false)
        let declarations = source.prefix { !$0.hasPrefix("// MARK") }
        let statements = source.drop { $0 != "        // begin" }.dropFirst().prefix { $0 != "        // end" }
            .map { $0.dropFirst(8) }
        let program = (declarations + statements).joined(separator: "\n")
            .replacing(".registry(url)", with: #".registry("http://127.0.0.1:8000")"#)
            .replacing(".directory(cache)", with: #".directory("parsing-cache")"#)
        #expect(text.contains("```swift\n\(program)\n```"))
    }

    @Test func theProgramReadsTheDocumentsThatTheREADMEPublishes() async throws {
        try await withBench { bench in
            let registry = try await bench.startEmbedded()
            let sample = try String(contentsOfFile: repository + "/scripts/lib/registry.sh", encoding: .utf8)
            let (lines, printed) = AsyncStream<String>.makeStream()
            let cache = bench.path("cache")
            bench.runBeside {
                try await ReadmeProgram.run(url: registry.url, cache: cache) { printed.yield($0) }
            }
            var read = lines.makeAsyncIterator()
            for (document, says) in [
                (try document(in: sample), "production-db, at most 100 connections"),
                (try document(in: text), "production-db, at most 200 connections"),
            ] {
                let result = try await bench.configbus(
                    "publish", "parsing", "-", "--environment", "prod", at: registry, input: document)
                #expect(result.status == .exited(0))
                #expect(await read.next() == says)
            }
        }
    }

    /// The first document that a command in a text publishes.
    private func document(in text: String) throws -> String {
        let start = try #require(text.firstRange(of: "'{"))
        let end = try #require(text[start.upperBound...].firstRange(of: "}'"))
        return "{" + text[start.upperBound..<end.lowerBound] + "}"
    }
}
