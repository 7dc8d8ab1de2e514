import ConfigModel
import Testing

@Suite struct PercentEncodingTests {
    @Test(arguments: [
        ("", ""), ("aZ09-._~", "aZ09-._~"), ("a b&c=d", "a%20b%26c%3Dd"), ("100%", "100%25"), ("é/+", "%C3%A9%2F%2B"),
    ])
    func whatIsEncodedComesBack(_ text: String, _ encoded: String) {
        #expect(PercentEncoding.encoded(text) == encoded)
        #expect(PercentEncoding.decoded(encoded[...].utf8) == text)
    }

    @Test(arguments: ["%", "%1", "%zz", "%+1", "%ff"])
    func whatIsNotPercentEncodedIsNotGuessed(_ text: String) {
        #expect(PercentEncoding.decoded(text[...].utf8) == nil)
    }

    @Test func plusIsASpaceInAForm() {
        #expect(PercentEncoding.decoded("a+b%2Bc"[...].utf8, isForm: true) == "a b+c")
        #expect(PercentEncoding.decoded("a+b"[...].utf8) == "a+b")
    }
}
