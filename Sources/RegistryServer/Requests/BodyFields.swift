import ConfigModel

/// The JSON object in a request's body, whose fields are all known.
struct BodyFields: Sendable {
    private let object: JSONObject

    /// Reads the body.
    ///
    /// - Parameters:
    ///   - known: the fields of this call.
    ///   - hint: a sentence for somebody who sent something else.
    init(_ bytes: [UInt8], known: [String], maximumDepth: Int, hint: String) throws(Problem) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes, limits: JSONLimits(maximumDepth: maximumDepth))
        } catch {
            throw Problem(error)
        }
        guard case .object(let object) = value else {
            throw Problem(.notAnObject, "The body must be a JSON object, not \(value.kind). \(hint)")
        }
        do { try object.refuseFields(otherThan: known) } catch { throw Problem(error, hint: hint) }
        self.object = object
    }

    subscript(field: String) -> JSONValue? { object[field] }

    func text(_ field: String) throws(Problem) -> String? {
        do { return try object.optionalString(field) } catch { throw Problem(error) }
    }

    /// An integer of at least `minimum`.
    func integer(_ field: String, from minimum: Int64) throws(Problem) -> Int64? {
        let value: Int64?
        do { value = try object.optionalInt64(field) } catch { throw Problem(error) }
        guard let value else { return nil }
        guard value >= minimum else {
            throw Problem(
                JSONFieldError(field: field, problem: .invalid("it must be an integer from \(minimum).")))
        }
        return value
    }

    func object(_ field: String) throws(Problem) -> JSONObject? {
        do { return try object.optionalObject(field) } catch { throw Problem(error) }
    }
}
