public import ConfigModel

/// What a registry says of one version of a document and a schema.
public struct SchemaVerdictFacts: Sendable, Equatable {
    /// Which service's document; nil where the response is about one service.
    public let service: String?
    /// Which environment's document.
    public let environment: String
    /// Which version of it.
    public let version: Int64
    /// What does not fit, at most five findings; empty when the document is valid.
    public let findings: [CheckFinding]

    /// True when it fits.
    public var isValid: Bool { findings.isEmpty }

    /// Puts them together.
    package init(service: String? = nil, environment: String, version: Int64, findings: [CheckFinding]) {
        self.service = service
        self.environment = environment
        self.version = version
        self.findings = findings
    }
}

extension SchemaVerdictFacts {
    /// Reads an entry of a list.
    init(json object: JSONObject) throws(JSONFieldError) {
        self.init(
            service: try object.optionalString("service_name"), environment: try object.string("environment"),
            version: try object.int64("version"),
            findings: try object.findings("findings"))
    }

    /// Reads a list; empty when there is none.
    static func list(_ name: String, of object: JSONObject) throws(JSONFieldError) -> [SchemaVerdictFacts] {
        guard object[name] != nil else { return [] }
        var list: [SchemaVerdictFacts] = []
        for element in try object.array(name) {
            guard case .object(let element) = element else {
                throw JSONFieldError(field: name, problem: .invalid("it must be a list of objects."))
            }
            list.append(try SchemaVerdictFacts(json: element))
        }
        return list
    }

    /// The entry of a list of documents that do not fit.
    package var json: JSONValue {
        var object = JSONObject()
        object["service_name"] = service.map { .string($0) }
        object["environment"] = .string(environment)
        object["version"] = .number(JSONNumber(version))
        object["findings"] = .array(findings.map(\.json))
        return .object(object)
    }

    /// The entry of a list of documents that were looked at.
    var checkedJSON: JSONValue {
        guard case .object(var object) = json else { return json }
        object["valid"] = .bool(isValid)
        return .object(object)
    }
}

extension JSONObject {
    /// A list of findings; those of checks that this program does not know are left out. Empty when there is none.
    func findings(_ name: String) throws(JSONFieldError) -> [CheckFinding] {
        guard self[name] != nil else { return [] }
        return try array(name).compactMap { CheckFinding(json: $0) }
    }
}
