import ConfigModel
import Testing

@Suite("Prefixes of documents")
struct DocumentPrefixTests {
    private let acme: DocumentPrefix

    init() throws { acme = try DocumentPrefix(service: "tenants.acme", environment: "prod") }

    @Test(arguments: [
        ("tenants.acme/prod", true), ("tenants.acme.a/prod", true), ("tenants.acme.a.b/prod", true),
        ("tenants.acme2/prod", false), ("tenants/prod", false), ("tenants.acme/test", false), ("acme/prod", false),
    ])
    func aServiceAndAllBelowItByWholeWordsInOneEnvironment(key: String, isMeant: Bool) throws {
        #expect(try acme.includes(DocumentKey(parsing: key)) == isMeant)
    }

    @Test(arguments: [
        ("tenants.acme", "prod", true), ("tenants.acme.a", "prod", true), ("tenants", "prod", false),
        ("tenants.acme2", "prod", false), ("tenants.acme", "test", false),
    ])
    func oneMeansWhatAnotherMeans(service: String, environment: String, isMeant: Bool) throws {
        #expect(try acme.includes(DocumentPrefix(service: service, environment: environment)) == isMeant)
    }

    @Test(arguments: [("tenants.#", "prod"), ("", "prod"), ("a", "p.q"), ("a", "")])
    func namesFollowTheirRules(service: String, environment: String) {
        #expect(throws: InvalidName.self) { try DocumentPrefix(service: service, environment: environment) }
    }

    @Test func itIsWrittenAsAPattern() { #expect(acme.description == "tenants.acme.#/prod") }

    @Test func itsRoutingPatternMeansTheServiceItselfToo() {
        #expect(RoutingKey.documents(acme) == "config.prod.tenants.acme.#")
    }
}
