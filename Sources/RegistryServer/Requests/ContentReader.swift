import ConfigModel

/// Makes content of what a request carries.
struct ContentReader: Sendable {
    let limits: ContentLimits

    /// Deepest nesting of a body in which the content is one level down.
    var envelopeDepth: Int { limits.maximumDepth + 1 }

    /// The content in the body, whose depth was checked when the body was read.
    func content(_ fields: BodyFields) throws(Problem) -> Content {
        guard let value = fields["config_data"] else {
            throw Problem(
                .missingContent,
                "The field config_data is missing; send {\"config_data\": {...}, \"comment\": \"...\"}.")
        }
        guard case .object(let object) = value else {
            throw Problem(ContentError.notAnObject(found: value.kind)).with("pointer", "/config_data")
        }
        do {
            return try Content(canonical: fields.canonicalContent ?? object.canonicalBytes, limits: limits)
        } catch {
            throw Problem(error)
        }
    }
}
