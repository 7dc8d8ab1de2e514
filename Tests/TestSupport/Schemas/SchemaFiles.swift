package import ConfigModel
import Foundation

/// The public JSON-Schema-Test-Suite, as Debian's package `libtest-json-schema-acceptance-perl` has it; of another place
/// with `CONFIGBUS_TEST_SCHEMA_SUITE`.
package enum SchemaFiles {
    /// One schema of the suite with the documents that it is tried on.
    package struct Group: Sendable {
        /// `draft7/ref.json: a description`.
        package let name: String
        package let schema: JSONValue
        package let cases: [(name: String, document: JSONValue, isValid: Bool)]
    }

    /// The folder of each draft, and what `$schema` says for it.
    package static let drafts = [
        (folder: "draft7", uri: "http://json-schema.org/draft-07/schema#"),
        (folder: "draft2019-09", uri: "https://json-schema.org/draft/2019-09/schema"),
        (folder: "draft2020-12", uri: "https://json-schema.org/draft/2020-12/schema"),
    ]
    private static let folder =
        ProcessInfo.processInfo.environment["CONFIGBUS_TEST_SCHEMA_SUITE"]
        ?? "/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance/tests"
    package static let isThere = FileManager.default.fileExists(atPath: folder)

    /// The groups of the files right in a folder; a draft's schemas are given its name where they have none.
    package static func groups(_ path: String) -> [Group] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/" + path)) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted().flatMap { name -> [Group] in
            let bytes = FileManager.default.contents(atPath: "\(folder)/\(path)/\(name)") ?? Data()
            guard case .array(let groups)? = try? JSONValue(parsing: Array(bytes)) else { return [] }
            return groups.compactMap { group(of: $0, in: "\(path)/\(name)") }
        }
    }

    private static func group(of value: JSONValue, in file: String) -> Group? {
        guard case .object(let group) = value, case .array(let tests)? = group["tests"], var schema = group["schema"]
        else {
            return nil
        }
        if case .object(var object) = schema, object["$schema"] == nil {
            object["$schema"] = drafts.first { file.hasPrefix($0.folder + "/") }.map { .string($0.uri) }
            schema = .object(object)
        }
        let cases = tests.compactMap { test -> (name: String, document: JSONValue, isValid: Bool)? in
            guard case .object(let test) = test, let document = test["data"], case .bool(let isValid)? = test["valid"]
            else {
                return nil
            }
            return ((try? test.string("description")) ?? "", document, isValid)
        }
        return Group(name: "\(file): \((try? group.string("description")) ?? "")", schema: schema, cases: cases)
    }
}
