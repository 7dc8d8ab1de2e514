import ConfigModel
import Testing

@testable import ConfigAccess

/// A client certificate stands for the first entry that names it whole, and for an identity without grants otherwise.
@Suite struct CertificateIdentitiesTests {
    private static let file = #"""
        [{"uri":"spiffe://prod/parser","identity":"parser","grants":["watcher:parsing/prod","reader:#/*"]},
        {"dns":"ci.example.org","identity":"ci","grants":["publisher:#/*"]},
        {"name":"worker 7","identity":"worker-7","grants":["reader:#/*"]},
        {"dns":"parser.example.org","identity":"late","grants":["admin:#/*"]},
        {"name":"ci.example.org","identity":"by-name","grants":["admin:#/*"]}]
        """#

    private let identities: CertificateIdentities

    init() throws {
        identities = try CertificateIdentities(JSONValue(parsing: Self.file), file: "identities.json")
    }

    private func certificate(
        uris: [String] = [], dns: [String] = [], name: String? = nil, hasNames: Bool? = nil
    ) -> ClientCertificate {
        ClientCertificate(
            uris: uris, dnsNames: dns, commonName: name, hasAlternativeNames: hasNames ?? !(uris + dns).isEmpty,
            notAfter: 1_800_000_000)
    }

    @Test func anEntryNamesACertificateWhole() {
        let parser = identities.principal(of: certificate(uris: ["spiffe://prod/parser"], name: "x"))
        #expect(parser.kind == .certificate && parser.name == "cert:parser")
        #expect(parser.grants.map(\.description) == ["reader:#/*", "watcher:parsing/prod"])
        // Until the end of its last second.
        #expect(parser.expiresAt == Timestamp(milliseconds: 1_800_000_001_000))
        #expect(identities.principal(of: certificate(dns: ["a", "ci.example.org"])).name == "cert:ci")
        #expect(identities.principal(of: certificate(name: "worker 7")).name == "cert:worker-7")
    }

    @Test func theFirstEntryThatFitsCounts() {
        let both = certificate(uris: ["spiffe://prod/parser"], dns: ["parser.example.org", "ci.example.org"])
        #expect(identities.principal(of: both).name == "cert:parser")
        let names = certificate(dns: ["parser.example.org", "ci.example.org"])
        #expect(identities.principal(of: names).name == "cert:ci")
    }

    @Test func whatNoEntryNamesMayDoNothing() {
        let cases: [(ClientCertificate, String)] = [
            (certificate(uris: ["spiffe://prod/parser2"]), "cert:unmapped/spiffe://prod/parser2"),
            (certificate(uris: ["spiffe://prod"]), "cert:unmapped/spiffe://prod"),
            (certificate(dns: ["CI.example.org"]), "cert:unmapped/CI.example.org"),
            (certificate(dns: ["*.example.org"]), "cert:unmapped/*.example.org"),
            // A URI is no DNS name, and neither is a common name.
            (certificate(uris: ["ci.example.org"]), "cert:unmapped/ci.example.org"),
            (certificate(name: "ci"), "cert:unmapped/ci"), (certificate(name: "zwölf"), "cert:unmapped/unnamed"),
            // A common name counts only where there is nothing else.
            (certificate(dns: ["other"], name: "worker 7"), "cert:unmapped/other"),
            (certificate(name: "worker 7", hasNames: true), "cert:unmapped/unnamed"),
            (certificate(), "cert:unmapped/unnamed"),
        ]
        for (certificate, name) in cases {
            let principal = identities.principal(of: certificate)
            #expect(principal.name == name && principal.grants.isEmpty && principal.expiresAt != nil)
        }
    }

    @Test func aCertificateWithoutEndHasOne() {
        let certificate = ClientCertificate(hasAlternativeNames: false, notAfter: .max)
        #expect(identities.principal(of: certificate).expiresAt?.description == "10000-01-01T00:00:00.000Z")
    }

    @Test(arguments: [
        ("{}", ["ids.json", "a list", "an object"]), ("[1]", ["entry 1", "an object"]),
        ("[{}]", ["entry 1", "exactly one"]),
        (#"[{"uri":"a","dns":"b","identity":"i","grants":[]}]"#, ["exactly one"]),
        (#"[{"uri":"a","identity":"i","grants":[]},{"cn":"a"}]"#, ["entry 2", "\"cn\" is unknown"]),
        (#"[{"uri":"","identity":"i","grants":[]}]"#, ["entry 1", "not empty"]),
        (#"[{"uri":"a","grants":[]}]"#, ["\"identity\" is missing"]),
        (#"[{"uri":"a","identity":"i"}]"#, ["\"grants\""]),
        (#"[{"uri":"a","identity":"a b","grants":[]}]"#, ["identity", "blank"]),
        (#"[{"uri":"a","identity":"unmapped/x","grants":[]}]"#, ["identity", "unmapped/"]),
        (#"[{"uri":"a","identity":"i","grants":["root:#/*"]}]"#, ["entry 1", "root"]),
        (
            #"[{"uri":"a","identity":"i","grants":[]},{"dns":"a","identity":"i","grants":[]},{"uri":"a","identity":"j","grants":[]}]"#,
            ["entry 3", "entry 1"]
        ),
    ])
    func aFaultIsNamed(_ text: String, _ words: [String]) throws {
        let value = try JSONValue(parsing: text)
        let error = #expect(throws: UnusableSettings.self) { try CertificateIdentities(value, file: "ids.json") }
        for word in words { #expect(error?.description.contains(word) == true, "\(error?.description ?? "")") }
    }

    @Test func aListMayBeEmpty() throws {
        #expect(throws: Never.self) { try CertificateIdentities(.array([]), file: "ids.json") }
        #expect(try CertificateIdentities(JSONValue(parsing: Self.file), file: "b") == identities)
    }
}
