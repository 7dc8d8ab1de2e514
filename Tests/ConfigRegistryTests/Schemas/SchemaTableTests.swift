import ConfigModel
import ConfigStore
import TestSupport
import Testing

@testable import ConfigRegistry

@Suite("What a registry knows of schemas", .timeLimit(.minutes(1)))
struct SchemaTableTests {
    private let fixture = Fixture.schemas
    private let key: DocumentKey

    init() throws { key = try .named("parsing/prod") }

    @Test func isThereFromTheStart() async throws {
        try await fixture.registry().put(.text, of: "parsing")
        let registry = try await fixture.registry()
        #expect(registry.schemaStatus.services == 1)
        #expect(await outcomeOf { try await registry.publish(1, to: key) } == "checksFailed type")
    }

    @Test func isReadAgainWhenTheStoresNumberHasRisen() async throws {
        let registry = try await fixture.registry()
        let other = try await fixture.registry()
        try await other.put(.text, of: "parsing")
        try await registry.publish(1, to: key)
        try await registry.epochs.refresh()
        #expect(await outcomeOf { try await registry.publish(2, to: key) } == "checksFailed type")
        try await other.put(.integer, of: "parsing")
        try await registry.epochs.refresh()
        try await registry.publish(3, to: key)
        _ = try await other.deleteSchema(of: "parsing", origin: .by())
        try await registry.epochs.refresh()
        #expect(registry.schemaStatus.services == 0)
    }

    @Test func isNotReadWhileTheNumberIsTheSame() async throws {
        let registry = try await fixture.registry()
        try await registry.put(.text, of: "parsing")
        try await registry.epochs.refresh()
        let reads = fixture.store.control.reads
        for _ in 0..<10 { try await registry.epochs.refresh() }
        // The state alone.
        #expect(fixture.store.control.reads == reads + 10)
    }

    /// A registry ended between the schema and the rise of the number.
    @Test func isReadAgainEveryHalfMinuteAllTheSame() async throws {
        let registry = try await fixture.registry()
        let text = String(decoding: try SchemaDocument.text.content.bytes, as: UTF8.self)
        let epoch = try await fixture.store.epoch()
        let record = RecordChain(try SchemaDocument.key(of: "parsing"), [text], epoch: epoch).records[0]
        #expect(try await fixture.store.append(record) == .stored)
        let state = try await fixture.store.state()
        await registry.schemas.table.take(state, readAt: .now + .seconds(29))
        try await registry.publish(1, to: key)
        await registry.schemas.table.take(state, readAt: .now + .seconds(31))
        #expect(await outcomeOf { try await registry.publish(2, to: key) } == "checksFailed type")
    }

    @Test func isNotTakenBackByAReadingThatBeganBeforeAChange() async throws {
        let registry = try await fixture.registry()
        try await fixture.store.noteSchemaChange()
        let reading = Gate()
        // The state, and then the table.
        fixture.store.control.onRead { await reading.pass() }
        let refresh = Task { try await registry.epochs.refresh() }
        try await eventually("the state was read") { reading.arrivals == 1 }
        reading.letPass(1)
        try await eventually("the table was read") { reading.arrivals == 2 }
        fixture.store.control.onRead(nil)
        try await registry.put(.text, of: "parsing")
        reading.open()
        try await refresh.value
        #expect(registry.schemaStatus.services == 1)
    }

    @Test func belongsToOneHistory() async throws {
        let registry = try await fixture.registry()
        try await registry.put(.text, of: "parsing")
        fixture.store.replaceHistory(by: [], epoch: InMemoryVersionStore.newEpoch(number: 2))
        try await registry.epochs.refresh()
        #expect(registry.schemaStatus.services == 0)
        try await registry.publish(1, to: key)
    }

    @Test func isKnownOrNothingIsWrittenWhileReadsGoOn() async throws {
        var fixture = fixture
        fixture.options.schemaProofAge = .zero
        let registry = try await fixture.registry()
        try await registry.publish(1, to: key)
        // As if it had been proven last half a minute ago.
        let table = SchemaTable(store: fixture.store, logger: .silent)
        let unproven = Schemas(
            table: table, compiled: registry.schemas.compiled, heads: registry.schemas.heads,
            threads: registry.schemas.threads,
            refresh: { () throws(StoreError) in throw .unavailable("away") }, noteChange: {}, proofAge: .zero)
        await table.take(try await fixture.store.state(), readAt: .now - .seconds(31))
        await #expect(throws: RegistryError.self) { try await unproven.current(of: "parsing") }
        await table.take(try await fixture.store.state(), readAt: .now - .seconds(20))
        #expect(try await unproven.current(of: "parsing") == nil)
        #expect(try await registry.head(of: key)?.record.version == 1)
    }

    @Test func compilesOneSchemaOfManyServicesOnce() async throws {
        let epoch = try await fixture.store.epoch()
        let text = String(decoding: try SchemaDocument.text.content.bytes, as: UTF8.self)
        for number in 0..<2_000 {
            let record = RecordChain(try SchemaDocument.key(of: "tenants.t\(number)"), [text], epoch: epoch).records[0]
            #expect(try await fixture.store.append(record) == .stored)
        }
        let registry = try await fixture.registry()
        #expect(registry.schemaStatus.services == 2_000)
        #expect(registry.schemas.compiled.compilationCount == 0)
        for number in stride(from: 0, to: 2_000, by: 100) {
            let key = try DocumentKey(service: "tenants.t\(number)")
            #expect(await outcomeOf { try await registry.publish(1, to: key) } == "checksFailed type")
        }
        #expect(registry.schemas.compiled.compilationCount == 1)
    }

    @Test func refusesWritesOfAServiceWhoseSchemaIsDamagedUntilOneIsPutAnew() async throws {
        try await fixture.registry().put(.integer, of: "parsing")
        fixture.store.damage(1, of: try SchemaDocument.key(of: "parsing"))
        let registry = try await fixture.registry()
        #expect(await outcomeOf { try await registry.publish(1, to: key) } == "damaged 1")
        try await registry.put(.integer, of: "parsing")
        try await registry.publish(1, to: key)
    }
}
