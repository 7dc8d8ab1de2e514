package import ConfigModel

/// `POST .../schema/check`: which documents fit the present schema, or another one.
package struct SchemaCheckRequest: Sendable, Equatable {
    /// The most versions of each document that are looked at.
    package static let maximumHistory = 100

    /// Another schema than the present one.
    package let schema: JSONValue?
    /// What is checked; nil for what is checked at present.
    package let checks: SchemaDocument.Checks?
    /// How many versions of each document are looked at; 0 for the living heads alone.
    package let history: Int

    /// Puts a request together.
    package init(schema: JSONValue? = nil, checks: SchemaDocument.Checks? = nil, history: Int = 0) {
        self.schema = schema
        self.checks = checks
        self.history = history
    }

    private static let hint = #"Send {"schema": {...}, "history": 20}, or {} to check with the present schema."#

    /// Reads a body.
    package init(_ body: [UInt8]) throws(Problem) {
        let fields = try BodyFields(
            body, known: [SchemaBody.schemaField, SchemaBody.checksField, "history"],
            maximumDepth: SchemaBody.maximumDepth, hint: Self.hint)
        schema = fields[SchemaBody.schemaField].flatMap { $0 == .null ? nil : $0 }
        checks = try SchemaBody.checks(fields)
        let history = try fields.integer("history", from: 0) ?? 0
        guard history <= Self.maximumHistory else {
            throw BodyFields.invalid("history", "it is at most \(Self.maximumHistory).")
        }
        self.history = Int(history)
    }

    /// The request as HTTP has it.
    package func request(of service: String) -> RegistryRequest {
        var writer = JSONWriter()
        writer.object { body in
            body.member(SchemaBody.schemaField, schema)
            body.member(SchemaBody.checksField, checks?.rawValue)
            if history > 0 { body.member("history", Int64(history)) }
        }
        var request = RegistryRequest(
            method: .post, path: APIPath.schemaCheck(of: service), maximumResponse: APILimits.listResponse)
        request.setJSON(writer.bytes)
        return request
    }
}
