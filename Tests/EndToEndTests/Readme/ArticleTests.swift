import Foundation
import TestSupport
import Testing

/// The Swift of the DocC articles is Swift that `scripts/build-examples` compiles.
@Suite("Articles") struct ArticleTests {
    private static let modules = ["ConfigWatcher", "RegistryConfiguration"]
    static let articles = modules.flatMap { module in
        let folder = "\(repository)/Sources/\(module)/\(module).docc"
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.filter { $0.hasSuffix(".md") }.sorted().map { "\(folder)/\($0)" }
    }

    @Test func eachModuleHasArticles() {
        for module in Self.modules { #expect(Self.articles.count { $0.contains("/\(module).docc/") } > 1) }
    }

    @Test(arguments: articles)
    func everyBlockOfSwiftIsCompiledWithTheExamples(_ article: String) throws {
        let snippets = "\(repository)/Examples/Sources/Articles"
        let compiled = try FileManager.default.contentsOfDirectory(atPath: snippets).map { file in
            Self.unindented(try String(contentsOfFile: "\(snippets)/\(file)", encoding: .utf8)[...])
        }
        for block in try Self.blocks(of: String(contentsOfFile: article, encoding: .utf8)) {
            #expect(compiled.contains { $0.contains(block) }, "this is compiled nowhere:\n\(block)")
        }
    }

    /// What a guide prints as a whole file is that file, with its imports.
    @Test func theSourceOfOnesOwnIsCompiledAsItIsPrinted() throws {
        let guide = try String(contentsOfFile: "\(repository)/docs/watcher.md", encoding: .utf8)
        let file = "\(repository)/Examples/Sources/Articles/FixedSource.swift"
        let printed = Self.blocks(of: guide).filter { $0.contains("struct FixedSource") }
        #expect(printed == [Self.unindented(try String(contentsOfFile: file, encoding: .utf8)[...])])
        #expect(printed.first?.hasPrefix("import ConfigModel") == true)
    }

    private static func blocks(of text: String) -> [String] {
        text.components(separatedBy: "```swift\n").dropFirst().map { rest in
            unindented(rest[..<(rest.range(of: "```")?.lowerBound ?? rest.endIndex)])
        }
    }

    /// The same lines without their indentation.
    private static func unindented(_ text: Substring) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0.drop { $0 == " " }) }.joined(separator: "\n")
            .trimmingCharacters(in: .newlines)
    }
}
