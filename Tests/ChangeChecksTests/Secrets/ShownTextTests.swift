import ChangeChecks
import Testing

/// What answers say of names that a caller chose.
@Suite struct ShownTextTests {
    private static let key = "AK" + "IA" + SecretText.draw(16, SecretText.base32)
    private static let url = "amqp://app:\(SecretText.draw(12))@mq"
    private static let pointed = "amqp:~1~1app:\(SecretText.draw(12))@mq~1x"
    private static let encoded = "amqp:%2F%2Fapp:\(SecretText.draw(12))@mq%2fx"

    @Test(arguments: [
        ("the key \"\(key)\" occurs twice.", "the key \"***\" occurs twice."),
        ("(at /a/\(key)/b): here", "(at /a/***/b): here"), ("/\(key): no.", "/***: no."),
        ("\(key)/prod is unknown", "***/prod is unknown"), ("from '\(url)'.", "from '***'."),
        ("(at /a/\(pointed)/b): here", "(at /a/***/b): here"), ("'\(encoded)' is none", "'***' is none"),
        ("a/\(encoded.replacing("%", with: "%25"))/b", "a/***/b"), ("\"\(pointed)\" is none", "\"***\" is none"),
        ("\"-----BEGIN \("PRIVATE") KEY-----\" is no name", "\"***\" is no name"),
        ("a \"quoted \\\" \(key)\" one", "a \"***\" one"), ("\"without end \(key)", "\"***\""),
    ])
    func aNameThatLooksLikeASecretIsNotRepeated(text: String, shown: String) {
        #expect(ShownText.sentence(text) == shown)
    }

    /// Where nothing says how far it goes, nothing is said of it.
    @Test func aSecretOfSeveralWordsHidesTheSentenceAroundIt() {
        let shown = ShownText.sentence("There is no -----BEGIN \("PRIVATE") KEY----- here.")
        #expect(shown == "What was sent is not repeated here, because it looks like a secret.")
    }

    @Test func aMarkInASecretDoesNotHideThatItIsOne() {
        let shown = ShownText.sentence("(at /amqp:~1~1app:k7Q,m4Zt(9)x@mq~1x): here")
        #expect(shown == "What was sent is not repeated here, because it looks like a secret.")
    }

    @Test(arguments: [
        "", "\"", "The field \"password\" is missing. Send {\"password\": \"...\"}.",
        "The registry needs a credential: send 'Authorization: Bearer TOKEN'; with configbus, name its file with --token-file.",
        "'ci' may not do this: it needs a grant 'publisher:parsing/dev' or a wider one.",
        "parsing/prod is at version 3, not at version 1 of epoch 1; read it again and repeat the change on what you find.",
        "The Idempotency-Key 'ae5d0743-a1f9-483b-94f0-1653ec84527d' already made version 1 of parsing/prod from another request.",
        "If-Match must be the one ETag that you got with the version you saw, for example \"1.7\" with its quotes.",
        "Line 1, column 9 (at /a/b): the key \"é\" occurs twice in the same object.",
        "it must be a duration such as 90d, 12h, 30m or 45s, or whole seconds as a number.",
        "it is 50% of \\n or 100%25, and ~0 or ~1 in '/a~1b~0c' are escapes.",
        "secret needs the place that it is about, for example secret:/db/password, so that another one is still found.",
    ])
    func sentencesAreAsTheyWere(text: String) { #expect(ShownText.sentence(text) == text) }

    @Test func aPointerKeepsItsOtherKeys() {
        #expect(ShownText.pointer("/a b/\(Self.key)/~1c/0") == "/a b/***/~1c/0")
        #expect(ShownText.pointer("/a~1\(Self.key)") == "/***")
        #expect(ShownText.pointer("/x/\(Self.pointed)/y") == "/x/***/y")
        #expect(ShownText.pointer("no pointer \(Self.key)") == "no pointer ***")
    }
}
