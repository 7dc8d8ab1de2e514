package import ConfigModel

extension APIDescription {
    /// What is said about one call.
    package struct Call: Sendable {
        /// Its `operationId`.
        package let name: String
        /// The schemas of the request's body, by media type.
        package let bodies: [String: JSONValue]
        let responses: [String: JSONValue]
    }

    /// What is said about one response.
    package struct Response: Sendable {
        /// The operation and the status, or `default`.
        package let name: String
        /// What it means, in words.
        package let text: String
        /// The names of the header fields.
        package let headers: Set<String>
        /// The schemas of the body, by media type; none for a response without a body.
        package let bodies: [String: JSONValue]
    }

    /// The calls of a path by their methods; nil for a path that is not described.
    package func calls(ofPath path: Substring) -> [String: Call]? {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        let fitting = operations.filter { operation in
            let template = operation.path.split(separator: "/", omittingEmptySubsequences: false)
            return template.count == segments.count
                && zip(template, segments).allSatisfy { $0 == $1 || ($0.hasPrefix("{") && !$1.isEmpty) }
        }
        guard let closest = fitting.map(\.path).min(by: { $0.count { $0 == "{" } < $1.count { $0 == "{" } }) else {
            return nil
        }
        let calls = fitting.filter { $0.path == closest }.map { operation in
            (
                operation.method.uppercased(),
                Call(
                    name: operation.name, bodies: bodies(resolved(operation.value["requestBody"] ?? .null)),
                    responses: Dictionary(
                        Self.members(operation.value["responses"]).map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
                )
            )
        }
        return Dictionary(calls, uniquingKeysWith: { $1 })
    }

    /// What is said about a status; nil when nothing is.
    package func response(of call: Call, status: Int) -> Response? {
        guard let key = ["\(status)", "default"].first(where: { call.responses[$0] != nil }),
            let found = call.responses[key].map(resolved)
        else { return nil }
        return Response(
            name: "\(call.name) \(key)", text: found["description"].flatMap(Self.text) ?? "",
            headers: Set(Self.members(found["headers"]).map(\.key)), bodies: bodies(found))
    }

    /// A schema of `components`.
    package func schema(_ name: String) -> JSONValue { root["components", "schemas", name] ?? .null }

    private func bodies(_ holder: JSONValue) -> [String: JSONValue] {
        Dictionary(
            Self.members(holder["content"]).map { ($0.key, $0.value["schema"] ?? .bool(true)) },
            uniquingKeysWith: { $1 })
    }

    /// A schema that stands for itself: what it refers to is in it.
    package func standalone(_ schema: JSONValue) -> JSONValue {
        var definitions = JSONObject()
        var open = Self.references(in: schema)
        while let name = open.popLast() {
            guard definitions[name] == nil else { continue }
            let definition = self.schema(name)
            definitions[name] = Self.withOwnReferences(definition)
            open += Self.references(in: definition)
        }
        var whole = JSONObject()
        whole["allOf"] = .array([Self.withOwnReferences(schema)])
        whole["$defs"] = .object(definitions)
        return .object(whole)
    }

    private static let schemas = "#/components/schemas/"

    private static func references(in value: JSONValue) -> [String] {
        switch value {
        case .array(let elements): elements.flatMap(references)
        case .object(let object):
            Array(object).flatMap { key, value -> [String] in
                guard key == "$ref", let text = text(value), text.hasPrefix(schemas) else {
                    return references(in: value)
                }
                return [String(text.dropFirst(schemas.count))]
            }
        default: []
        }
    }

    private static func withOwnReferences(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements): return .array(elements.map(withOwnReferences))
        case .object(let object):
            var own = JSONObject()
            for (key, value) in Array(object) {
                if key == "$ref", let text = text(value), text.hasPrefix(schemas) {
                    own[key] = .string("#/$defs/" + text.dropFirst(schemas.count))
                } else {
                    own[key] = withOwnReferences(value)
                }
            }
            return .object(own)
        default: return value
        }
    }
}
