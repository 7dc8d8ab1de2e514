import ChangeChecks
import ConfigModel
import Dispatch
import Synchronization
import TestSupport
import Testing

@testable import ConfigRegistry

/// Holds the thread that it is on for large documents of the service `costly`, until it is released.
private final class HoldingCheck: ChangeCheck {
    private let semaphore = DispatchSemaphore(value: 0)
    private let number = Mutex(0)

    /// How many threads it has held until now.
    var held: Int { number.withLock { $0 } }

    func release(_ count: Int) { for _ in 0..<count { semaphore.signal() } }

    func report(on change: CheckedChange) async throws(RegistryError) -> CheckReport {
        guard change.draft.key.service == "costly", change.draft.content.bytes.count > CheckRunner.smallBytes else {
            return CheckReport()
        }
        number.withLock { $0 += 1 }
        wait()
        return CheckReport()
    }

    private func wait() { semaphore.wait() }
}

/// What is proven here is who waits for whom, not how long anything takes.
@Suite(.timeLimit(.minutes(1))) struct CheckThreadsTests {
    private let check = HoldingCheck()
    private let fixture = Fixture { options in
        options.requestDeadline = .seconds(60)
        options.schemaProofAge = .seconds(3_600)
        options.settleSchema = {}
    }

    private func registry() async throws -> Registry {
        let registry = Registry(
            store: fixture.store, bus: fixture.bus, options: fixture.options, checks: [check], logger: .silent)
        try await registry.start()
        return registry
    }

    private static func publish(_ registry: Registry, _ document: String, _ value: JSONValue) async throws {
        let content = Content(try JSONObject([("x", value)]))
        _ = try await registry.publish(
            ChangeRequest(.publish(content, .createOrUpdate), of: try .named(document), origin: .by()))
    }

    private static let large = JSONValue.string(String(repeating: "x", count: 20_000))

    /// Were its checks to hold both threads, the publish of another service would not come back before they are released.
    @Test func aServiceWhoseChecksTakeLongLeavesAThreadToOthers() async throws {
        let registry = try await registry()
        let check = check
        try await withThrowingTaskGroup(of: Void.self) { group in
            // Whatever fails, nothing is left to hold the group.
            defer { check.release(3) }
            for environment in ["dev", "test", "prod"] {
                group.addTask { try await Self.publish(registry, "costly/\(environment)", Self.large) }
            }
            try await eventually("one holds its thread, and the others of its service wait") {
                check.held == 1 && registry.maker.checks.threads.waiting(of: "costly") == 2
            }
            for service in ["b", "c", "b"] { try await Self.publish(registry, "\(service)/prod", Self.large) }
            #expect(check.held == 1)
            check.release(3)
            try await group.waitForAll()
        }
        #expect(check.held == 3)
    }

    /// A small document can be costly, too: it is not checked where others are served.
    @Test func aSmallDocumentThatIsCostlyTakesItsTurnAndACheapOneNeedsNone() async throws {
        let registry = try await registry()
        let check = check
        let costly = #"{"properties":{"x":{"items":{"allOf":[\#(String(repeating: "{},", count: 40))true]}}}}"#
        try await registry.put(SchemaDocument(schema: JSONValue(parsing: Array(costly.utf8))), of: "costly")
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { check.release(1) }
            group.addTask { try await Self.publish(registry, "costly/dev", Self.large) }
            try await eventually("one holds its thread") { check.held == 1 }
            try await Self.publish(registry, "costly/cheap", .array([.null]))
            group.addTask {
                try await Self.publish(registry, "costly/prod", .array(Array(repeating: .null, count: 3_000)))
            }
            try await eventually("the costly one waits") {
                registry.maker.checks.threads.waiting(of: "costly") == 1
            }
            check.release(1)
            try await group.waitForAll()
        }
    }

    @Test func theSchemaOfASetIsCompiledWhereChecksAreMade() async throws {
        let registry = try await registry()
        let check = check
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { check.release(1) }
            group.addTask { try await Self.publish(registry, "costly/dev", Self.large) }
            try await eventually("one holds its thread") { check.held == 1 }
            group.addTask { try await Self.publishWithSchema(registry, "costly/prod") }
            try await eventually("the schema waits for it") {
                registry.maker.checks.threads.waiting(of: "costly") == 1
            }
            #expect(registry.schemas.compiled.compilationCount == 0)
            check.release(1)
            try await group.waitForAll()
        }
        #expect(registry.schemas.compiled.compilationCount == 1)
    }

    private static func publishWithSchema(_ registry: Registry, _ document: String) async throws {
        let key = try DocumentKey.named(document)
        let schema = SchemaDocument(schema: .object(JSONObject()))
        let members: [ChangeSetRequest.Member] = [
            .init(.publish(Content(JSONObject()), .createOrUpdate), of: key),
            .init(.publish(schema.content, .createOrUpdate), of: try SchemaDocument.key(of: key.service)),
        ]
        _ = try await registry.publish(ChangeSetRequest(members, origin: .by()))
    }

    @Test func aCheckThatWaitsTooLongIsOverload() async throws {
        let threads = CheckThreads(patience: .zero)
        let gate = Gate()
        async let first: Int = threads.run(for: "a") { () async throws(RegistryError) in
            await gate.pass()
            return 1
        }
        try await eventually("the first one runs") { gate.arrivals == 1 }
        await #expect(throws: RegistryError.overloaded) {
            try await threads.run(for: "a") { () async throws(RegistryError) in 2 }
        }
        let other = try await threads.run(for: "b") { () async throws(RegistryError) in 3 }
        #expect(other == 3)
        gate.open()
        let one = try await first
        #expect(one == 1)
        let again = try await threads.run(for: "a") { () async throws(RegistryError) in 4 }
        #expect(again == 4)
    }
}
