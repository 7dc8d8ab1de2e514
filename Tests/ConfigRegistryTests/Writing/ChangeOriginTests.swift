import ConfigModel
import ConfigRegistry
import TestSupport
import Testing

@Suite("The rules of who, why and under which identifier", .timeLimit(.minutes(1)))
struct ChangeOriginTests {
    private func outcome(_ change: (inout ChangeOrigin) -> Void) async throws -> String {
        let fixture = Fixture()
        let registry = try await fixture.registry()
        var origin = ChangeOrigin.by(changeID: "c")
        change(&origin)
        let request = ChangeRequest(.publish(.empty, .create), of: try .named("parsing"), origin: origin)
        return await outcomeOf { try await registry.publish(request) }
    }

    @Test("a comment has at most 4 KiB of UTF-8", arguments: [("a", 4_096), ("é", 2_048), ("\n", 4_096)])
    func commentLength(character: String, count: Int) async throws {
        let longest = String(repeating: character, count: count)
        #expect(try await outcome { $0.comment = longest } == "created 1")
        #expect(try await outcome { $0.comment = longest + "a" } == "invalid")
    }

    @Test("an author has at most 256 bytes")
    func authorLength() async throws {
        let longest = String(repeating: "é", count: 128)
        #expect(try await outcome { $0.author = longest } == "created 1")
        #expect(try await outcome { $0.author = longest + "a" } == "invalid")
    }

    @Test("control characters are refused", arguments: ["\u{0}", "\u{1b}[31m", "\u{7f}", "\u{85}", "\u{9b}"])
    func controls(text: String) async throws {
        #expect(try await outcome { $0.author = "a" + text } == "invalid")
        #expect(try await outcome { $0.comment = "a" + text } == "invalid")
        #expect(try await outcome { $0.correlationID = "a" + text } == "invalid")
    }

    @Test("line breaks and tabs are for comments only", arguments: ["\n", "\r\n", "\t"])
    func lineBreaks(text: String) async throws {
        #expect(try await outcome { $0.comment = "a" + text } == "created 1")
        #expect(try await outcome { $0.author = "a" + text } == "invalid")
    }

    @Test(
        "a change identifier follows its rule",
        arguments: [
            ("a", "created 1"), ("A.b_c:d-9", "created 1"), (String(repeating: "x", count: 64), "created 1"),
            (String(repeating: "x", count: 65), "invalid"), ("", "invalid"), ("a b", "invalid"), ("ä", "invalid"),
            ("a/b", "invalid"), ("a\n", "invalid"),
        ])
    func changeIdentifier(changeID: String, expected: String) async throws {
        #expect(try await outcome { $0.changeID = changeID } == expected)
    }
}
