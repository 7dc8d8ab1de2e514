import ConfigModel
import ConfigNotation
import FoundationEssentials

/// `schemas/openapi.yaml`, read.
package struct APIDescription: Sendable {
    /// As it is written.
    package let text: String
    let root: JSONValue

    /// Reads the file.
    package init() throws {
        let file = URL(filePath: #filePath).appending(path: "../../../schemas/openapi.yaml").standardized
        let bytes = [UInt8](try Data(contentsOf: file))
        text = String(decoding: bytes, as: UTF8.self)
        root = try YAMLText.read(bytes)
    }

    /// The paths with their placeholders.
    package var paths: Set<String> { Set(Self.members(root["paths"]).map(\.key)) }

    /// `GET /api/configs` and so on.
    package var calls: Set<String> { Set(operations.map { "\($0.method.uppercased()) \($0.path)" }) }

    /// The words that a problem's `type` can be.
    package var problemTypes: [String] {
        guard case .array(let words)? = root["components", "schemas", "Problem", "properties", "type", "enum"] else {
            return []
        }
        return words.compactMap(Self.text)
    }

    /// The query parameters of each operation.
    package var queryNames: [String: Set<String>] {
        Dictionary(uniqueKeysWithValues: operations.map { ($0.name, Set(names(of: $0.parameters, in: "query"))) })
    }

    /// The header fields that each operation takes.
    package var headerNames: [String: Set<String>] {
        Dictionary(uniqueKeysWithValues: operations.map { ($0.name, Set(names(of: $0.parameters, in: "header"))) })
    }

    /// The header fields that are described with any operation.
    package var requestHeaders: Set<String> { Set(headerNames.values.joined()) }

    /// The header fields that are described with any response.
    package var responseHeaders: Set<String> {
        let responses = operations.flatMap { Self.members($0.value["responses"]).map(\.value) }
        return Set(responses.flatMap { Self.members(resolved($0)["headers"]).map(\.key) })
    }

    /// The bounds of a query parameter.
    package func limits(ofQuery name: String, in operation: String) -> [String: Int] {
        let parameters = operations.first { $0.name == operation }?.parameters ?? []
        let parameter = parameters.first { $0["name"].flatMap(Self.text) == name }
        return limits(parameter?["schema"], ["maximum", "default"])
    }

    /// How many entries the list of documents in a batch may have.
    package var batchLimit: Int? {
        let schema = root[
            "paths", "/api/configs:batchGet", "post", "requestBody", "content", "application/json", "schema",
            "properties", "documents"]
        return limits(schema, ["maxItems"])["maxItems"]
    }

    private func limits(_ schema: JSONValue?, _ names: [String]) -> [String: Int] {
        var limits: [String: Int] = [:]
        for name in names {
            guard case .number(let number)? = schema?[name], let value = number.int64 else { continue }
            limits[name] = Int(value)
        }
        return limits
    }

    struct Operation {
        let path: String
        let method: String
        let name: String
        let value: JSONValue
        let parameters: [JSONValue]
    }

    var operations: [Operation] {
        Self.members(root["paths"]).flatMap { path, item in
            Self.members(item).filter { $0.key != "parameters" }.map { method, value in
                Operation(
                    path: path, method: method, name: value["operationId"].flatMap(Self.text) ?? "", value: value,
                    parameters: (Self.elements(item["parameters"]) + Self.elements(value["parameters"])).map(resolved))
            }
        }
    }

    private func names(of parameters: [JSONValue], in place: String) -> [String] {
        parameters.filter { $0["in"].flatMap(Self.text) == place }.compactMap { $0["name"].flatMap(Self.text) }
    }

    /// What a reference refers to.
    func resolved(_ value: JSONValue) -> JSONValue {
        guard let reference = value["$ref"].flatMap(Self.text) else { return value }
        return reference.split(separator: "/").dropFirst().reduce(root) { $0[String($1)] ?? .null }
    }

    static func text(_ value: JSONValue) -> String? {
        if case .string(let text) = value { text } else { nil }
    }

    private static func elements(_ value: JSONValue?) -> [JSONValue] {
        if case .array(let elements)? = value { elements } else { [] }
    }

    static func members(_ value: JSONValue?) -> [(key: String, value: JSONValue)] {
        if case .object(let object)? = value { Array(object) } else { [] }
    }
}

extension JSONValue {
    /// The member at the end of a path of names.
    subscript(names: String...) -> JSONValue? {
        var value = self
        for name in names {
            guard case .object(let object) = value, let member = object[name] else { return nil }
            value = member
        }
        return value
    }
}
