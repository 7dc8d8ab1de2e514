import ConfigModel
import Foundation
import TestSupport
import Testing

@testable import configbus

/// What is exported and imported is the same afterwards, whatever it is.
@Suite(.serialized, .timeLimit(.minutes(5)), .showsProcesses) struct ExportIdentityTests {
    private static let isLong = ProcessInfo.processInfo.environment["CONFIGBUS_TEST_SCALE"] == "1"
    private static let documents = isLong ? 2_000 : 200

    @Test(arguments: ContentNotation.allCases)
    func randomDocumentsComeBackFromTheirFiles(notation: ContentNotation) throws {
        var random = RandomJSON(seed: 12)
        for isPretty in [false, true] {
            let writer = FileWriter(notation: notation, isPretty: isPretty)
            var fallbacks = 0
            for _ in 0..<2_000 {
                let content = Content(random.object())
                let text = try writer.text(of: content)
                fallbacks += text.reason == nil ? 0 : 1
                #expect(text.notation == (text.reason == nil ? notation : .json))
                #expect(try text.notation.document(text.bytes, name: "").hash == content.hash)
            }
            #expect(notation == .json ? fallbacks == 0 : fallbacks < 1_800)
        }
    }

    @Test(arguments: ContentNotation.allCases)
    func anImportOfAnExportChangesNothingAndMakesTheSameInAnEmptyRegistry(notation: ContentNotation) async throws {
        try await withBench(on: nil) { bench in
            var random = RandomJSON(seed: UInt64(notation.rawValue.utf8.count))
            let source = try DocumentFolder("source", in: bench)
            for number in 0..<Self.documents {
                let name = ["s\(number)", "a.s\(number)", "s\(number).json", "S\(number)-_."][number % 4]
                try source.write(
                    random.spelling(of: .object(random.object())),
                    to: "\(["prod", "default", "d-_1"][number % 3])/\(name).json")
            }
            let registry = try await bench.startEmbedded()
            let imported = try await bench.configbus("import", source.path, at: registry)
            #expect(imported.status == .exited(0), "\(imported.errors)")
            let hashes = try await registry.contentHashes()
            let documents = try DocumentTree.read(source.path).documents
            #expect(hashes == Dictionary(uniqueKeysWithValues: documents.map { ("\($0.key)", $0.content.hash) }))

            let folder = try DocumentFolder("config", in: bench)
            let exported = try await bench.configbus(
                "export", folder.path, "--format", notation.rawValue, "-o", "json", at: registry)
            #expect(exported.status == .exited(0), "\(exported.errors)")
            guard case .array(let fallbacks)? = try exported.object()["json_instead"] else {
                throw NotAnObject(line: exported.output)
            }
            let ending = ".\(notation.rawValue)"
            #expect(
                try folder.files().filter { !$0.hasSuffix(ending) && $0 != ExportManifest.name }.count
                    == fallbacks.count)
            let check = try await bench.configbus("import", folder.path, "--check", at: registry)
            #expect(check.status == .exited(0) && check.lines.last == "Nothing would change.", "\(check.errors)")

            let empty = try await bench.startEmbedded(directory: "other")
            let moved = try await bench.configbus("import", folder.path, at: empty)
            #expect(moved.status == .exited(0), "\(moved.errors)")
            #expect(try await empty.contentHashes() == hashes)
        }
    }
}
