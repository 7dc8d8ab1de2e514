package import ConfigModel

/// The JSON object in a request's body, whose fields are all known.
package struct BodyFields: Sendable {
    private let object: JSONObject
    /// What stands in `config_data`, when it stands there in its canonical form: it need not be written again.
    package let canonicalContent: [UInt8]?

    /// Reads the body.
    ///
    /// - Parameters:
    ///   - bytes: the body.
    ///   - known: the fields of this call.
    ///   - maximumDepth: how deep it may be nested.
    ///   - hint: a sentence for a client that sent something else.
    package init(_ bytes: [UInt8], known: [String], maximumDepth: Int, hint: String) throws(Problem) {
        let reading: JSONReader.Reading
        do {
            reading = try JSONReader.reading(
                bytes, limits: JSONLimits(maximumDepth: maximumDepth), noting: "config_data")
        } catch {
            throw Problem(error)
        }
        guard case .object(let object) = reading.value else {
            throw Problem(.notAnObject, "The body must be a JSON object, not \(reading.value.kind). \(hint)")
        }
        do { try object.refuseFields(otherThan: known) } catch { throw Problem(error, hint: hint) }
        self.object = object
        canonicalContent = reading.canonicalMember.map { Array(bytes[$0]) }
    }

    /// The value of a field.
    package subscript(field: String) -> JSONValue? { object[field] }

    /// A text; nil when there is none or null.
    package func text(_ field: String) throws(Problem) -> String? {
        do { return try object.optionalString(field) } catch { throw Problem(error) }
    }

    /// An integer of at least `minimum`.
    package func integer(_ field: String, from minimum: Int64) throws(Problem) -> Int64? {
        let value: Int64?
        do { value = try object.optionalInt64(field) } catch { throw Problem(error) }
        guard let value else { return nil }
        guard value >= minimum else {
            throw Problem(
                JSONFieldError(field: field, problem: .invalid("it must be an integer from \(minimum).")))
        }
        return value
    }

    /// An object; nil when there is none or null.
    package func object(_ field: String) throws(Problem) -> JSONObject? {
        do { return try object.optionalObject(field) } catch { throw Problem(error) }
    }
}
