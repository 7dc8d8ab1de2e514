import ConfigModel
import ConfigSignatures
import FoundationEssentials
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import WatcherCore

@Suite("The cache file")
struct CacheFileTests {
    /// A directory of its own for each test, removed at the end.
    private func withDirectory<Result>(_ body: (String) throws -> Result) throws -> Result {
        let path = FileManager.default.temporaryDirectory.appending(path: "configbus-cache-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try body(path)
    }

    private func layers(_ signer: RecordSigner? = nil) throws -> DocumentLayers {
        let main = try TestHistory.numbered(3, "parsing/prod", signer: signer)
        let base = try TestHistory("parsing/default", contents: ["{\"big\":18446744073709551617,\"f\":1.0}"])
        var document = DocumentVersion(main.version(3))
        document.createdAt = nil
        return DocumentLayers(main: document, base: DocumentVersion(base.version(1)))
    }

    @Test func whatWasWrittenIsReadWithEverythingThatProvesIt() throws {
        let layers = try layers(try RecordSigner.generate())
        try withDirectory { directory in
            let file = CacheFile(directory: directory, key: try DocumentKey(parsing: "parsing/prod"), isOverlay: true)
            #expect(try file.read() == nil)
            try file.write(layers)
            #expect(try file.read()?.layers == layers)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == [file.name])
        }
    }

    @Test func theNameIsAHashOfTheKeyOverlayHasAFileOfItsOwn() throws {
        let key = try DocumentKey(parsing: "parsing/prod")
        let plain = CacheFile(directory: "/d", key: key, isOverlay: false)
        #expect(plain.name == SHA256Text.hash(Array("parsing/prod".utf8)).dropFirst(7) + ".json")
        #expect(plain.name != CacheFile(directory: "/d", key: key, isOverlay: true).name)
    }

    @Test(arguments: [true, false])
    func whatIsNoRegularFileInItsPlaceIsNeitherReadNorReplaced(isLink: Bool) throws {
        let layers = try layers()
        try withDirectory { directory in
            let file = CacheFile(directory: directory, key: try DocumentKey(parsing: "parsing/prod"), isOverlay: false)
            try file.write(layers)
            try FileManager.default.moveItem(atPath: file.path, toPath: file.path + ".target")
            if isLink {
                try FileManager.default.createSymbolicLink(
                    atPath: file.path, withDestinationPath: file.path + ".target")
            } else {
                try FileManager.default.createDirectory(atPath: file.path, withIntermediateDirectories: false)
            }
            #expect(throws: CacheError.self) { try file.read() }
            #expect(throws: CacheError.self) { try file.write(layers) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).count == 2)
        }
    }

    @Test(arguments: 0..<6)
    func aChangedCutOrForeignFileIsRefusedAndMadeAnewByTheNextWrite(kind: Int) throws {
        let layers = try layers()
        try withDirectory { directory in
            let file = CacheFile(directory: directory, key: try DocumentKey(parsing: "parsing/prod"), isOverlay: false)
            try file.write(layers)
            var bytes = Array(try Data(contentsOf: URL(filePath: file.path)))
            switch kind {
            case 0: bytes[bytes.count / 2] ^= 1
            case 1: bytes.removeLast()
            case 2: bytes = []
            case 3: bytes = Array("not a cache\n{}".utf8)
            case 4: bytes[30] ^= 1
            default: bytes.append(UInt8(ascii: " "))
            }
            try Data(bytes).write(to: URL(filePath: file.path))
            #expect(throws: CacheError.self) { try file.read() }
            try file.write(layers)
            #expect(try file.read()?.layers == layers)
        }
    }

    @Test func aDirectoryThatCannotBeWrittenIsAnErrorThatSaysSoAndLeavesNoHalfFile() throws {
        try withDirectory { directory in
            try Data().write(to: URL(filePath: directory))
            let file = CacheFile(
                directory: directory + "/inside", key: try DocumentKey(parsing: "parsing/prod"), isOverlay: false)
            #expect(throws: CacheError.self) { try file.write(try layers()) }
        }
    }
}
