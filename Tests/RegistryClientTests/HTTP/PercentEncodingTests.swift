import Testing

@testable import RegistryClient

@Suite struct PercentEncodingTests {
    @Test(arguments: [
        ("", ""), ("aZ09-._~", "aZ09-._~"), ("a b&c=d", "a%20b%26c%3Dd"), ("100%", "100%25"), ("é/+", "%C3%A9%2F%2B"),
    ])
    func whatIsEncodedComesBack(_ text: String, _ encoded: String) {
        #expect(PercentEncoding.encode(text) == encoded)
        #expect(PercentEncoding.decode(encoded[...]) == text)
    }

    @Test(arguments: ["%", "%1", "%zz", "%+1", "%ff"])
    func whatIsNotPercentEncodedIsNotGuessed(_ text: String) {
        #expect(PercentEncoding.decode(text[...]) == nil)
    }
}
