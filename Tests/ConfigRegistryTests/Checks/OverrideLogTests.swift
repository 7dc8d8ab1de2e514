import ConfigAccess
import ConfigModel
import ConfigRegistry
import ConfigStore
import TestSupport
import Testing

@Suite("What is overridden, in the access log", .timeLimit(.minutes(1))) struct OverrideLogTests {
    private let fixture = Fixture.lasting
    private let key: DocumentKey

    init() throws { key = try .named("parsing/prod") }

    private func registryWithADocument() async throws -> Registry {
        let registry = try await fixture.registry()
        try await registry.publish(1, to: key)
        return registry
    }

    private func emptying(changeID: String? = nil, isKnown: Bool = true) throws -> ChangeRequest {
        var origin = ChangeOrigin.by(changeID: changeID)
        origin.overrides = try CheckOverrides(["blast-radius"])
        if isKnown {
            let principal = Principal(kind: .token, name: "ci", grants: [], tokenID: "t")
            origin.actor = AccessActor(principal, address: "192.0.2.1")
        }
        return ChangeRequest(.publish(.empty, .update), of: key, origin: origin)
    }

    private func entries() async throws -> [AccessLogEntry] {
        try await fixture.store.accessLog(AccessLogQuery()).entries
    }

    @Test func isOneEntryHoweverOftenTheVersionHasToBeMadeAnew() async throws {
        let registry = try await registryWithADocument()
        // The head in memory is not the newest any more.
        try await fixture.registry().publish(2, to: key)
        #expect(try await registry.publish(emptying()).record.version == 3)
        let entries = try await entries()
        #expect(entries.map(\.type) == ["checks-overridden"])
        let entry = try #require(entries.first)
        #expect(entry.identity == "ci" && entry.tokenID == "t" && entry.address == "192.0.2.1")
        #expect(entry.action == "writeDocument" && entry.subject == "parsing/prod")
    }

    /// The action is what permission was needed for, of a schema and of a version that does not fit it.
    @Test func saysThatASchemaWasOverridden() async throws {
        let registry = try await fixture.registry()
        try await registry.publish(1, to: key)
        let schema = try SchemaDocument.key(of: key.service)
        try await registry.write(schema, #"{"checks":"each","schema":{"type":"array"}}"#, letting: ["schema-breaks"])
        try await registry.write(key, #"{"n":2}"#, letting: ["schema"])
        try await registry.write(key, #"{"n":null}"#, letting: ["schema", "blast-radius"])
        try await registry.write(schema, #"{"checks":"each","schema":{}}"#, letting: [])
        try await registry.write(key, #"{"n":3,"password":"hunter2-and-more"}"#, letting: ["secret:/password"])
        // Entries of one millisecond stand in no order.
        #expect(
            try await entries().map { "\($0.action) \($0.subject ?? "")" }.sorted() == [
                "overrideSchema parsing/prod", "overrideSchema parsing/prod", "overrideSchema parsing/~schema",
                "writeDocument parsing/prod",
            ])
    }

    @Test func isNoSecondEntryForARepeatedRequest() async throws {
        let registry = try await registryWithADocument()
        let made = try await registry.publish(emptying(changeID: "c"))
        try await registry.publish(2, to: key)
        let again = try await registry.publish(emptying(changeID: "c"))
        #expect(again.isReplay && again.record == made.record)
        #expect(try await entries().count == 1)
    }

    @Test func isNoEntryWithoutAnIdentityOrWithoutNeed() async throws {
        let registry = try await registryWithADocument()
        _ = try await registry.publish(emptying(isKnown: false))
        _ = try await registry.publish(emptying())
        #expect(try await entries() == [])
    }

    @Test func isNotStoredWhenItCannotBeLogged() async throws {
        let registry = try await registryWithADocument()
        fixture.store.control.isLogFull = true
        #expect(await outcomeOf { try await registry.publish(emptying()) } == "unavailable")
        #expect(try await fixture.history(of: key).count == 1)
        fixture.store.control.isLogFull = false
        #expect(await outcomeOf { try await registry.publish(emptying()) } == "updated 2")
    }
}

extension Registry {
    /// Writes as an identity that is known.
    fileprivate func write(_ key: DocumentKey, _ content: String, letting names: [String]) async throws {
        var origin = ChangeOrigin.by()
        origin.overrides = try CheckOverrides(names)
        let principal = Principal(kind: .token, name: "ci", grants: [], tokenID: "t")
        origin.actor = AccessActor(principal, address: "192.0.2.1")
        let content = try Content(parsing: Array(content.utf8))
        _ = try await write(ChangeRequest(.publish(content, .createOrUpdate), of: key, origin: origin))
    }
}
