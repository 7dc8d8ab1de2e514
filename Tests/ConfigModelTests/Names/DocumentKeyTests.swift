import ConfigModel
import Testing

@Suite struct DocumentKeyTests {
    @Test(arguments: [
        "a", "A", "0", "parsing", "tenants.acme.monitors", "a.b-c_d", "a..b", "a-", String(repeating: "x", count: 128),
    ])
    func takesServiceNames(name: String) throws {
        #expect(try DocumentKey(service: name).description == "\(name)/default")
    }

    @Test(arguments: [
        "", ".a", "-a", "_a", "a b", "a/b", "é", "a\u{301}", "a\n", "a\u{0}", "a*", "ａ",
        String(repeating: "x", count: 129),
    ])
    func refusesOtherServiceNames(name: String) throws {
        let error = try #require(throws: InvalidName.self) { try DocumentKey(service: name) }
        #expect(error.kind == "service")
        #expect(error.description.contains("[A-Za-z0-9][A-Za-z0-9._-]{0,127}"))
    }

    @Test(arguments: ["prod", "P", "0-a_b", String(repeating: "x", count: 64)])
    func takesEnvironmentNames(name: String) throws {
        #expect(try DocumentKey(service: "a", environment: name).environment == name)
    }

    @Test(arguments: ["", "a.b", "-a", "_a", "a/b", "ü", String(repeating: "x", count: 65)])
    func refusesOtherEnvironmentNames(name: String) throws {
        let error = try #require(throws: InvalidName.self) { try DocumentKey(service: "a", environment: name) }
        #expect(error.description.contains("[A-Za-z0-9][A-Za-z0-9_-]{0,63}"))
    }

    @Test func hidesUnprintableCharactersInItsMessage() throws {
        let error = try #require(throws: InvalidName.self) { try DocumentKey(service: "a\u{1b}[2Jé") }
        #expect(error.description.hasPrefix("'a?[2J??' is not a service name"))
    }

    @Test(arguments: [
        ("parsing/prod", "parsing", "prod"), ("parsing", "parsing", "default"), ("a.b/c_d", "a.b", "c_d"),
    ])
    func readsItsTextForm(text: String, service: String, environment: String) throws {
        #expect(try DocumentKey(parsing: text) == DocumentKey(service: service, environment: environment))
    }

    @Test(arguments: ["", "/", "a/", "/a", "a/b/c", "a/b.c"])
    func refusesOtherTextForms(text: String) {
        #expect(throws: InvalidName.self) { try DocumentKey(parsing: text) }
    }

    @Test func isOrderedByEnvironmentThenService() throws {
        let keys = try ["b/a", "a/b", "B/a", "a/a"].map { try DocumentKey(parsing: $0) }
        #expect(keys.sorted().map(\.description) == ["B/a", "a/a", "b/a", "a/b"])
    }

    @Test func aReservedEnvironmentIsNamedByTheRegistryAloneAndComesLast() throws {
        let key = try DocumentKey(service: "a.b", reserved: "schema")
        #expect(key.description == "a.b/~schema" && key.isReserved && key.reservedName == "schema")
        #expect(try DocumentKey(storedService: "a.b", environment: "~schema") == key)
        #expect(try DocumentKey(storedService: "a.b", environment: "prod") == DocumentKey(parsing: "a.b/prod"))
        #expect(try DocumentKey(parsing: "z/zzz") < key)
        #expect(try !DocumentKey(parsing: "a.b/schema").isReserved)
        for name in ["", "~schema", "a.b", "-a", "~"] {
            #expect(throws: InvalidName.self) { try DocumentKey(service: "a", reserved: name) }
            #expect(throws: InvalidName.self) { try DocumentKey(storedService: "a", environment: "~" + name) }
        }
        for text in ["a/~schema", "a/~", "~a", "~a/prod"] {
            #expect(throws: InvalidName.self) { try DocumentKey(parsing: text) }
        }
    }

    @Test func aReservedEnvironmentHasRoutingKeysOfItsOwn() throws {
        let (document, schema) = (
            try DocumentKey(parsing: "a.b/prod"), try DocumentKey(service: "a.b", reserved: "schema")
        )
        for type in ChangeType.allCases {
            #expect(RoutingKey.change(type, of: document) == "config.\(type)")
            #expect(RoutingKey.change(type, of: schema) == "schema.\(type)")
            #expect(
                RoutingKey.isConfigurationChange("config.\(type)")
                    && !RoutingKey.isConfigurationChange("schema.\(type)"))
        }
        #expect(RoutingKey.document(document) == "config.prod.a.b")
        #expect(RoutingKey.document(schema) == "schema.~.a.b")
    }
}
