import ConfigModel
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import RegistryServer

/// The public JSON-Schema-Test-Suite through `PUT schema` and `validate`: what a registry takes it decides as the suite says.
///
/// A document is an object: other values of the suite are a member of one, with the schema inside of another.
@Suite(
    .enabled(if: SchemaFiles.isThere, "the package libtest-json-schema-acceptance-perl is not installed"),
    .timeLimit(.minutes(3)))
struct SuiteRouteTests {
    /// The registry checks some formats, which the required cases do not.
    private static func groups(_ folder: String) -> [SchemaFiles.Group] {
        SchemaFiles.groups(folder).filter { !$0.name.contains("/format.json") }
    }

    @Test(arguments: ["draft7", "draft2020-12"])
    func everyCaseIsDecidedAsTheSuiteSays(folder: String) async throws {
        let draft = try #require(SchemaFiles.drafts.first { $0.folder == folder })
        try await TestServer.run { client in
            var decided = 0
            for (number, group) in Self.groups(folder).enumerated() {
                let objects = group.cases.filter { $0.document.isObject }
                decided += try await Self.decide(group.name, group.schema, objects, "s\(number)", client)
                guard let schema = try Self.inside(group.schema, draft.uri) else { continue }
                let others = try group.cases.filter { !$0.document.isObject }.map { item in
                    (
                        name: item.name, document: JSONValue.object(try JSONObject([("value", item.document)])),
                        isValid: item.isValid
                    )
                }
                decided += try await Self.decide(group.name, schema, others, "v\(number)", client)
            }
            #expect(decided > 700)
        }
    }

    /// A schema for objects whose member `value` has to fit another one; nil where that one would mean something else there.
    private static func inside(_ schema: JSONValue, _ draft: String) throws -> JSONValue? {
        var inner = schema
        if case .object(var object) = schema {
            switch object["$id"] {
            // A resource of its own, so that its references stay inside of it.
            case nil: object["$id"] = "http://suite.test/inner"
            case .string(let id)? where id.hasPrefix("#"): return nil
            default: break
            }
            // Beside a reference draft-07 knows no name.
            if draft.contains("draft-07"), object["$ref"] != nil { return nil }
            inner = .object(object)
        }
        return .object(
            try JSONObject([
                ("$schema", .string(draft)), ("properties", .object(try JSONObject([("value", inner)]))),
            ]))
    }

    /// How many cases were decided; none of a schema that is refused.
    private static func decide(
        _ name: String, _ schema: JSONValue, _ cases: [(name: String, document: JSONValue, isValid: Bool)],
        _ service: String, _ client: any TestClientProtocol
    ) async throws -> Int {
        guard !cases.isEmpty else { return 0 }
        let put = try await client.call(.put, "/api/configs/\(service)/schema", SampleSchema.body(schema.description))
        guard put.status == 201 else {
            #expect(put.problem == "invalid-schema", "\(name): \(put.text)")
            return 0
        }
        for item in cases {
            let answer = try await client.call(
                .post, "/api/configs/\(service)/validate", #"{"config_data":\#(item.document)}"#)
            #expect(answer.status == 200, "\(name): \(item.name): \(answer.text)")
            let fits = !answer.objects("errors").contains { $0["check"] == "schema" }
            #expect(fits == item.isValid, "\(name): \(item.name)")
        }
        return cases.count
    }
}

extension JSONValue {
    fileprivate var isObject: Bool {
        if case .object = self { true } else { false }
    }
}
