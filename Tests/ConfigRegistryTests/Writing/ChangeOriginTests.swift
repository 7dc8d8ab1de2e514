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

    @Test(arguments: [("a", 4_096), ("é", 2_048), ("\n", 4_096)])
    func aCommentHasAtMost4KiBOfUTF8(character: String, count: Int) async throws {
        let longest = String(repeating: character, count: count)
        #expect(try await outcome { $0.comment = longest } == "created 1")
        #expect(try await outcome { $0.comment = longest + "a" } == "invalid")
    }

    @Test func anAuthorHasAtMost256Bytes() async throws {
        let longest = String(repeating: "é", count: 128)
        #expect(try await outcome { $0.author = longest } == "created 1")
        #expect(try await outcome { $0.author = longest + "a" } == "invalid")
    }

    @Test(arguments: ["\u{0}", "\u{1b}[31m", "\u{7f}", "\u{85}", "\u{9b}"])
    func controlCharactersAreRefused(text: String) async throws {
        #expect(try await outcome { $0.author = "a" + text } == "invalid")
        #expect(try await outcome { $0.comment = "a" + text } == "invalid")
        #expect(try await outcome { $0.correlationID = "a" + text } == "invalid")
    }

    @Test(arguments: ["\n", "\r\n", "\t"])
    func lineBreaksAndTabsAreForCommentsOnly(text: String) async throws {
        #expect(try await outcome { $0.comment = "a" + text } == "created 1")
        #expect(try await outcome { $0.author = "a" + text } == "invalid")
    }

    @Test(arguments: [
        ("a", "created 1"), ("A.b_c:d-9", "created 1"), (String(repeating: "x", count: 64), "created 1"),
        (String(repeating: "x", count: 65), "invalid"), ("", "invalid"), ("a b", "invalid"), ("ä", "invalid"),
        ("a/b", "invalid"), ("a\n", "invalid"),
    ])
    func aChangeIdentifierFollowsItsRule(changeID: String, expected: String) async throws {
        #expect(try await outcome { $0.changeID = changeID } == expected)
    }
}
