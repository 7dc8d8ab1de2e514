import Testing

@testable import ConfigModel

/// Reasons quote what publishers wrote, and stand in logs.
struct ReasonTextTests {
    @Test(arguments: [
        ("plain, \u{e9} \u{1F600}", "plain, \u{e9} \u{1F600}"), ("a\nb\r\tc", #"a\u000ab\u000d\u0009c"#),
        ("\u{1b}[31m", #"\u001b[31m"#), ("\u{202e}\u{2028}", #"\u202e\u2028"#),
    ])
    func isOneLineWithoutControlCharacters(_ text: String, _ expected: String) {
        #expect(ReasonText.shown(text) == expected)
    }

    @Test(arguments: ["x", "\u{e9}", "\u{1F600}"]) func isCutBetweenCharacters(_ character: String) {
        let shown = ReasonText.shown(String(repeating: character, count: 100_000))
        #expect(shown.utf8.count < 4_200)
        #expect(shown.hasPrefix(character + character))
        #expect(shown.hasSuffix(" bytes more)"))
        #expect(ReasonText.shown(String(repeating: "x", count: 4_096)).utf8.count == 4_096)
    }
}
