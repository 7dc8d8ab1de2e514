import ConfigModel
import ConfigStore
import TestSupport

@testable import ConfigRegistry

extension Fixture {
    /// For schemas: no wait for other registries, and no reading of the store but what a test requests.
    static var schemas: Fixture {
        var fixture = Fixture.lasting
        fixture.options.settleSchema = {}
        return fixture
    }
}

extension SchemaDocument {
    /// A schema of these properties, all required.
    static func requiring(_ types: [String: String], checks: Checks = .each) throws -> SchemaDocument {
        let properties = types.sorted { $0.key < $1.key }.map { #""\#($0.key)":{"type":"\#($0.value)"}"# }
        let names = types.keys.sorted().map { "\"\($0)\"" }.joined(separator: ",")
        let text =
            #"{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","required":[\#(names)],"#
            + #""properties":{\#(properties.joined(separator: ","))}}"#
        return SchemaDocument(schema: try JSONValue(parsing: Array(text.utf8)), checks: checks)
    }

    /// `{"n": <integer>}`, which the contents of `Content.numbered` fit.
    static var integer: SchemaDocument { get throws { try .requiring(["n": "integer"]) } }

    /// `{"n": "<text>"}`, which they do not fit.
    static var text: SchemaDocument { get throws { try .requiring(["n": "string"]) } }
}

extension Registry {
    /// Puts a schema in force.
    @discardableResult
    func put(
        _ document: SchemaDocument, of service: String, _ overrides: [String] = [], changeID: String? = nil,
        expecting: ConfigRegistry.Expectation? = nil
    ) async throws -> SchemaPublication {
        var origin = ChangeOrigin.by(changeID: changeID)
        origin.overrides = try CheckOverrides(overrides)
        return try await putSchema(document, of: service, expected: expecting, origin: origin)
    }

    /// Publishes a content, letting some findings pass.
    @discardableResult
    func publish(_ json: String, to key: DocumentKey, _ overrides: [String] = []) async throws -> Published {
        var origin = ChangeOrigin.by()
        origin.overrides = try CheckOverrides(overrides)
        return try await publish(
            ChangeRequest(.publish(Content(parsing: Array(json.utf8)), .createOrUpdate), of: key, origin: origin))
    }

    /// What a refused write says.
    func findings(_ write: () async throws -> Void) async throws -> [CheckFinding] {
        do {
            try await write()
        } catch RegistryError.checksFailed(_, let findings) {
            return findings
        }
        return []
    }
}
