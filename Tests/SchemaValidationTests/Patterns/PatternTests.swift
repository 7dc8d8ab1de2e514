import RE2Patterns
import SchemaValidation
import Testing

/// Patterns of ECMA-262 with the flag `u`, on RE2.
@Suite struct PatternTests {
    private static let meanings: [(String, [String], [String])] = [
        // pattern, found in, not found in
        ("b", ["abc"], ["ac"]), ("^a$", ["a"], ["a\n", "ba", "a\na"]), ("", ["", "x"], []),
        (#"^\d$"#, ["7"], ["٧"]), (#"^\w$"#, ["_"], ["é"]),
        (#"^\s$"#, ["\u{a0}", "\u{feff}", "\u{2028}", "\u{b}"], ["a", "\u{200b}"]),
        (#"^\S$"#, ["é", "\u{200b}"], [" ", "\u{3000}"]), (#"^[\s]$"#, ["\u{a0}"], ["x"]),
        (#"^[^\s]$"#, ["x"], ["\u{a0}"]),
        (#"^[\S]$"#, ["x"], ["\u{a0}"]), ("^.$", ["é", "😀", "\u{85}"], ["\n", "\r", "\u{2028}", "\u{2029}"]),
        (#"^\u0041$"#, ["A"], ["a"]), (#"^\ud83d\ude00$"#, ["😀"], ["😁"]), (#"^\u{1f600}$"#, ["😀"], ["u"]),
        (#"^\x41\x2d$"#, ["A-"], ["A"]), (#"^\cA\cz$"#, ["\u{1}\u{1a}"], ["cA"]), (#"^\0$"#, ["\0"], ["0"]),
        (#"^\/\-\.\_\"$"#, [#"/-._""#], ["/"]), (#"^\t\n\v\f\r$"#, ["\t\n\u{b}\u{c}\r"], [""]),
        (#"^[a\-z]$"#, ["-", "a", "z"], ["b"]), ("^[a-]$", ["-", "a"], ["b"]), ("^[-a]$", ["-"], ["b"]),
        ("^[[:a]$", ["[", ":"], ["b"]),
        (#"^[\]\\^]$"#, ["]", "\\", "^"], ["["]), ("^[]$", [], ["", "a"]), ("^[^]$", ["\n", "a"], [""]),
        (#"^[\b]$"#, ["\u{8}"], ["b"]), (#"\bfoo\b"#, ["a foo b"], ["afoo"]), (#"^[\w-]+$"#, ["a-b"], ["a.b"]),
        (#"^[\w-.]+$"#, ["a-b.c"], ["a b"]), ("^[é-ü]$", ["ö"], ["o"]), (#"^[\u0061-\u0063]$"#, ["b"], ["d"]),
        (#"^\p{Letter}+$"#, ["aé"], ["1"]), (#"^\p{Lu}$"#, ["Ä"], ["ä"]), (#"^\P{L}$"#, ["1"], ["a"]),
        (#"^[\p{Nd}_]$"#, ["٧", "_"], ["a"]),
        (#"^\p{Script=Greek}$"#, ["λ"], ["l"]), (#"^\p{gc=Sc}$"#, ["€"], ["E"]),
        (#"^\p{General_Category=Decimal_Number}$"#, ["1"], ["a"]),
        ("^(?:a|b){2}$", ["ab"], ["a"]), ("^(?<year>[0-9]{4})$", ["2026"], ["26"]), ("^a{2,}$", ["aaa"], ["a"]),
        ("^a{2,3}?$", ["aa"], ["aaaa"]),
        (#"^\{\}$"#, ["{}"], [""]), ("^}$", ["}"], [""]), ("^(a|)$", ["", "a"], ["b"]), ("a|b", ["xb"], ["x"]),
        (#"^\d{1,3}(\.\d{1,3}){3}$"#, ["10.0.0.1"], ["10.0.0"]),
        ("^x.{900}$", ["x" + String(repeating: "é", count: 900)], ["x"]),
    ]

    @Test(arguments: PatternTests.meanings)
    func patternsMeanWhatECMASays(pattern: String, found: [String], notFound: [String]) throws {
        let compiled = try RE2Patterns().compile(pattern)
        for text in found { #expect(compiled.isFound(text), "\(text.debugDescription)") }
        for text in notFound { #expect(!compiled.isFound(text), "\(text.debugDescription)") }
    }

    private static let refused: [(String, String)] = [
        ("(?=a)", "look-ahead"), ("(?!a)", "look-ahead"), ("(?<=a)", "look-behind"), ("(?<!a)", "look-behind"),
        (#"(a)\1"#, "back reference"), (#"(?<n>a)\k<n>"#, "back reference"), ("a{1,1001}", "minLength"),
        (#"\a"#, #"\a"#), (#"\Z"#, #"\Z"#),
        (#"\p{Emoji}"#, "Emoji"), (#"\p{Script_Extensions=Greek}"#, "Script_Extensions"), (#"\pL"#, "braces"),
        ("(?i)a", "(?"), ("(", "RE2"),
        ("a)", "RE2"), ("[a", "']'"), ("*a", "RE2"), ("a{2,1}", "RE2"), ("a{", #"\{"#), ("{2}", "RE2"),
        ("a{,5}", #"\{"#), ("[z-a]", "range"), (#"\"#, "end"),
        (#"\ud800"#, "pair"), (#"\u{110000}"#, "too large"), (#"\u12"#, "hexadecimal"), (#"\c1"#, "letter"),
        ("(?<n", "name"),
        (#"\p{Script=Nothing}"#, "RE2"), ("((a{100}){100}){100}", "RE2"),
    ]

    @Test(arguments: PatternTests.refused)
    func whatCannotBeExpressedIsRefusedByName(pattern: String, name: String) throws {
        let error = try #require(throws: SchemaPatternError.self) { try RE2Patterns().compile(pattern) }
        #expect(error.reason.contains(name))
    }
}
