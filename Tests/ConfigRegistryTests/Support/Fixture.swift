import ConfigModel
import ConfigRegistry
import ConfigSignatures
import ConfigStore
import EventBus
import Logging
import TestSupport

/// A store, a bus, and registries over both; what most tests of rules work with.
struct Fixture {
    let store = InMemoryVersionStore()
    let bus = FaultyBus()
    var options = RegistryOptions()

    init() {}

    init(_ change: (inout RegistryOptions) -> Void) { change(&options) }

    /// What the registry knows lasts for the whole test, however slow the machine is: reads of the store can be counted.
    static var lasting: Fixture {
        Fixture { options in
            options.requestDeadline = .seconds(30)
            options.headLifetime = .seconds(3_600)
            options.signingRuleLifetime = .seconds(3_600)
            options.schemaProofAge = .seconds(3_600)
        }
    }

    /// A started registry without its background work.
    func registry(signer: RecordSigner? = nil) async throws -> Registry {
        let registry = Registry(store: store, bus: bus, options: options, signer: signer, logger: .silent)
        try await registry.start()
        return registry
    }

    /// A started registry with its background work, for as long as `body` runs.
    func withRunningRegistry<Result: Sendable>(
        _ body: (Registry) async throws -> Result
    ) async throws -> Result {
        let registry = try await registry()
        let running = Task { try await registry.run() }
        do {
            let result = try await body(registry)
            running.cancel()
            try await running.value
            return result
        } catch {
            running.cancel()
            throw error
        }
    }

    /// The whole history of a document, oldest first.
    func history(of key: DocumentKey) async throws -> [VersionRecord] {
        try await store.history(of: key, before: nil, limit: .max).map(\.record).reversed()
    }
}

extension DocumentKey {
    static func named(_ text: String) throws -> DocumentKey { try DocumentKey(parsing: text) }
}

extension Content {
    /// Content that differs with the number.
    static func numbered(_ number: Int) throws -> Content { try Content(parsing: Array(#"{"n":\#(number)}"#.utf8)) }
}

extension ChangeOrigin {
    /// An origin with an identifier of the server's making, or a given one of a client's.
    static func by(_ author: String = "tester", changeID: String? = nil) -> ChangeOrigin {
        ChangeOrigin(
            author: author, comment: "why not", changeID: changeID ?? freshChangeID(),
            isChangeIDFromClient: changeID != nil)
    }

    private static func freshChangeID() -> String { "fresh-\(UInt64.random(in: 0 ... .max))" }
}

extension Registry {
    @discardableResult
    func publish(
        _ number: Int, to key: DocumentKey, _ mode: PublishMode = .createOrUpdate,
        expecting: ConfigRegistry.Expectation? = nil,
        changeID: String? = nil
    ) async throws -> Published {
        try await publish(
            ChangeRequest(
                .publish(.numbered(number), mode), of: key, expected: expecting, origin: .by(changeID: changeID)))
    }

    /// Publishes what `revise` makes of the living head.
    @discardableResult
    func revise(
        _ key: DocumentKey, _ origin: ChangeOrigin = .by(), _ revise: @escaping ChangeRequest.Revise
    ) async throws -> Published {
        try await publish(ChangeRequest(.revise(revise), of: key, origin: origin))
    }

    @discardableResult
    func delete(
        _ key: DocumentKey, expecting: ConfigRegistry.Expectation? = nil, changeID: String? = nil
    ) async throws -> Published? {
        try await write(ChangeRequest(.delete, of: key, expected: expecting, origin: .by(changeID: changeID)))
    }

    @discardableResult
    func rollback(
        _ key: DocumentKey, to version: Int64, expecting: ConfigRegistry.Expectation? = nil, changeID: String? = nil
    ) async throws -> Published {
        try await publish(
            ChangeRequest(
                .rollback(toVersion: version), of: key, expected: expecting, origin: .by(changeID: changeID)))
    }
}
