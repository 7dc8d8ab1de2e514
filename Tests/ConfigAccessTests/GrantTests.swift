import ConfigAccess
import ConfigModel
import Testing

@Suite("Grants: a role for some documents")
struct GrantTests {
    @Test(arguments: [
        ("tenants.acme.#/prod", "tenants.acme/prod", true),
        ("tenants.acme.#/prod", "tenants.acme.ui/prod", true),
        ("tenants.acme.#/prod", "tenants.acme.ui.web/prod", true),
        ("tenants.acme.#/prod", "tenants.acme2/prod", false),
        ("tenants.acme.#/prod", "tenants/prod", false),
        ("tenants.acme.#/prod", "tenants.acme/dev", false),
        ("tenants.*.ui/*", "tenants.acme.ui/prod", true),
        ("tenants.*.ui/*", "tenants.acme.ui/default", true),
        ("tenants.*.ui/*", "tenants.ui/prod", false),
        ("tenants.*.ui/*", "tenants.a.b.ui/prod", false),
        ("tenants.*.ui/*", "tenants.acme.ui.x/prod", false),
        ("#/*", "parsing/default", true),
        ("#/prod", "a.b.c/prod", true),
        ("*/prod", "parsing/prod", true),
        ("*/prod", "a.b/prod", false),
        ("*.#/prod", "parsing/prod", true),
        ("parsing/prod", "parsing/prod", true),
        ("parsing/prod", "parsing.x/prod", false),
        ("parsing/prod", "parsin/prod", false),
        ("a.*/prod", "a./prod", true),
        ("a/prod", "a./prod", false),
    ])
    func aPatternMeansTheDocumentsThatItsWordsFit(pattern: String, key: String, fits: Bool) throws {
        #expect(try DocumentPattern(parsing: pattern).matches(DocumentKey(parsing: key)) == fits)
    }

    @Test func noPatternMeansADocumentOfAReservedEnvironment() throws {
        let key = try DocumentKey(service: "parsing", reserved: "schema")
        #expect(try !DocumentPattern(parsing: "#/*").matches(key))
    }

    @Test(arguments: [
        ("admin:#/*", "reader:a/prod", true), ("admin:#/*", "monitor:#/*", true), ("admin:#/*", "auditor:#/*", true),
        ("admin:tenants.acme.#/*", "reader:tenants.acme.ui/prod", true),
        ("admin:tenants.acme.#/*", "admin:tenants.acme.#/prod", true),
        ("admin:tenants.acme.#/*", "publisher:tenants.acme.*/prod", true),
        ("admin:tenants.acme.#/*", "reader:#/*", false),
        ("admin:tenants.acme.#/*", "publisher:tenants.*.x/prod", false),
        ("admin:tenants.acme.#/*", "monitor:#/*", false),
        ("admin:tenants.acme.#/prod", "reader:tenants.acme/*", false),
        ("admin:tenants.*/prod", "reader:tenants.#/prod", false),
        ("admin:tenants.*/prod", "reader:tenants/prod", false),
        ("publisher:a/prod", "reader:a/prod", true), ("publisher:a/prod", "admin:a/prod", false),
        ("auditor:a/prod", "publisher:a/prod", false), ("relay:#/*", "watcher:a/prod", true),
    ])
    func aGrantIncludesWhatReachesNoFurther(wide: String, narrow: String, includes: Bool) throws {
        #expect(try Grant(parsing: wide).includes(Grant(parsing: narrow)) == includes)
    }

    /// Inclusion decided on the words agrees with the documents that both patterns mean.
    @Test func inclusionHoldsForEveryDocument() throws {
        let services = ["a", "b", "a.a", "a.b", "b.a", "a.a.b", "a.b.a", "b.b.b.b"]
        let words = ["a", "b", "*", "#"]
        var patterns = Set(words)
        for first in words.dropLast() { for second in words { patterns.insert("\(first).\(second)") } }
        for outer in try patterns.map(ServicePattern.init(parsing:)) {
            for inner in try patterns.map(ServicePattern.init(parsing:)) where outer.includes(inner) {
                for service in services where inner.matches(service) {
                    #expect(outer.matches(service), "\(outer) includes \(inner) but not \(service)")
                }
            }
        }
    }

    @Test(arguments: [
        "", "reader", "reader:", "reader:a", "reader:/prod", "reader:a/", "reader:a/b/c", "owner:a/prod",
        "Reader:a/prod",
        "reader:#.a/prod", "reader:a.#.b/prod", "reader:a*/prod", "reader:a..b/prod", "reader:.a/prod", "reader:a/pr*",
        "reader:a/~schema", "reader:a/#", "monitor:a/prod", "monitor:#/prod", "reader: a/prod", "reader:ä/prod",
        "reader:" + String(repeating: "a", count: 256) + "/prod",
    ])
    func whatIsNoGrantIsRefusedWithASentence(text: String) {
        let error = #expect(throws: InvalidPattern.self) { try Grant(parsing: text) }
        #expect(error?.description.hasSuffix(".") == true)
    }

    @Test(arguments: ["reader:a/prod", "publisher:tenants.*.ui/*", "admin:#/*", "watcher:a.b.#/dev"])
    func aGrantIsWrittenAsItWasRead(text: String) throws {
        #expect(try Grant(parsing: text).description == text)
    }
}
