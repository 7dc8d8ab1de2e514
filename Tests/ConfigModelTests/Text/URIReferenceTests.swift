import ConfigModel
import Testing

@Suite struct URIReferenceTests {
    /// RFC 3986, sections 5.4.1 and 5.4.2, as far as no other scheme is concerned.
    @Test(arguments: [
        ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
        ("/g", "http://a/g"),
        ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
        ("g?y/../x", "http://a/b/c/g?y/../x"),
        (";x", "http://a/b/c/;x"), ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"),
        ("..", "http://a/b/"),
        ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../g", "http://a/g"), ("../../../g", "http://a/g"),
        ("/./g", "http://a/g"),
        ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."), ("..g", "http://a/b/c/..g"), ("./g/.", "http://a/b/c/g/"),
        ("g/../h", "http://a/b/c/h"),
    ])
    func referencesAreResolvedAsRFC3986Says(reference: String, uri: String) {
        #expect(URIReference(reference, from: "http://a/b/c/d;p?q")?.document == uri)
    }

    @Test(arguments: [
        ("#a%25b/c~1d", "", "a%b/c~1d"), ("x#", "x", ""), ("urn:uuid:1#x", "urn:uuid:1", "x"), ("#", "", ""),
        ("a.json", "a.json", ""),
    ])
    func theFragmentIsDecoded(reference: String, document: String, fragment: String) throws {
        let uri = try #require(URIReference(reference, from: ""))
        #expect(uri.document == document && uri.fragment == fragment)
    }

    @Test(arguments: ["#%", "#%zz", "a#%c3"])
    func aFragmentThatIsNotEncodedAsItMustBeIsRefused(reference: String) {
        #expect(URIReference(reference, from: "http://a/") == nil)
    }
}
