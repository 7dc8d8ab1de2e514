import ArgumentParser
import ConfigModel
import Testing

@testable import configbus

@Suite("A path into a document")
struct ContentPathTests {
    @Test(arguments: [
        ("db.port", ["db", "port"]), ("/db/port", ["db", "port"]), ("/a~1b/~0", ["a/b", "~"]), ("/", [""]),
        ("a.\u{301}x", ["a", "\u{301}x"]), ("/\u{301}x", ["\u{301}x"]), ("a./\u{301}", ["a", "/\u{301}"]),
    ])
    func isDividedAtDotsOrAtSlashesWhenItBeginsWithOneWhateverStandsBehindThem(text: String, keys: [String]) throws {
        #expect(try ContentPath(text).segments == keys)
    }

    @Test(arguments: ["", ".", "a.", ".a", "a..b"])
    func isRefusedWhenItIsEmptyInSomePlace(text: String) {
        #expect(throws: CommandFailure.self) { try ContentPath(text) }
    }

    @Test(arguments: [".", "/"])
    func mayBeAsLongAsADocumentIsDeepAndNoLonger(separator: String) throws {
        let prefix = separator == "/" ? separator : ""
        let longest = try ContentPath(prefix + Array(repeating: "a", count: 64).joined(separator: separator))
        let changed = try longest.set(.null, in: JSONObject())
        #expect(longest.value(in: .object(changed)) == .null)
        for count in [65, 60_000] {
            let keys = Array(repeating: "a", count: count).joined(separator: separator)
            let error = #expect(throws: CommandFailure.self) { try ContentPath(prefix + keys) }
            #expect(error?.exitCode == ExitCode.usage)
            #expect(error?.description.contains("at most 64 keys") == true)
        }
    }

    @Test(arguments: [
        ["a"], ["a", "b"], ["a.b"], ["a", ".\u{301}"], ["/\u{301}a"], ["a", "/b"], ["", "b"], ["~", "é"],
    ])
    func isWhatThePlaceOfAChangeIsShownAs(keys: [String]) throws {
        let change = ContentChange(path: JSONPointer(tokens: keys), old: nil, new: .null)
        #expect(try ContentPath(change.place).segments == keys)
    }
}
