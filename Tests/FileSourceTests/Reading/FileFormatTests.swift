import ConfigModel
import TestSupport
import Testing

@testable import FileSource

@Suite("The content of a file")
struct FileFormatTests {
    @Test(arguments: [
        (FileFormat.json, "{\"n\": 1", "The content is not valid JSON"),
        (.json, "[1]", "the content must be an object ({...} or lines like 'key: value'), not an array"),
        (.yaml, "- 1", "not an array"), (.yaml, "a: [", "Line 1"), (.toml, "a = ", "Line 1"),
        (.json, "", "it is empty"), (.yaml, "", "it is empty"), (.toml, "", "it is empty"),
    ])
    func whatIsNoDocumentIsRefusedWithThePlace(format: FileFormat, text: String, reason: String) throws {
        let fault = try #require(throws: FileFault.self) { _ = try format.content(of: Array(text.utf8)) }
        #expect(fault.description.contains(reason), "\(fault)")
    }

    @Test func aByteOrderMarkIsPassedOver() throws {
        for format in [FileFormat.json, .yaml] {
            let content = try format.content(of: [0xef, 0xbb, 0xbf] + Array("{\"n\":1}".utf8))
            #expect(content.bytes == Array("{\"n\":1}".utf8))
        }
    }

    @Test func aFileOfMoreThan8MiBIsNotRead() async throws {
        try await FileScene.with { scene in
            try scene.write(String(repeating: " ", count: FileReader.limit + 1), to: "a.json")
            let found = FileReader.look(at: scene.path("a.json"), .json)
            #expect(found.look == .unreadable(FileFault("it is larger than 8 MiB"), text: nil))
        }
    }
}
