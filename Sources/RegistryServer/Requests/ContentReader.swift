import ConfigModel

/// Makes content of what a request carries.
struct ContentReader: Sendable {
    let limits: ContentLimits

    /// Deepest nesting of a body in which the content is one level down.
    var envelopeDepth: Int { limits.maximumDepth + 1 }

    /// The content in a field of the body, whose depth was checked when the body was read.
    func content(_ value: JSONValue?) throws(Problem) -> Content {
        guard let value else {
            throw Problem(
                .missingContent,
                "The field config_data is missing; send {\"config_data\": {...}, \"comment\": \"...\"}.")
        }
        guard case .object(let object) = value else {
            throw Problem(ContentError.notAnObject(found: value.kind)).with("pointer", "/config_data")
        }
        do { return try Content(object, limits: limits) } catch { throw Problem(error) }
    }
}
