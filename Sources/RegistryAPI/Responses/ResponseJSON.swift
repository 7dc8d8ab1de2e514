package import ConfigModel

/// Reads the JSON of a response. Members that are not known are ignored: a field is only ever added.
package enum ResponseJSON {
    /// A body that must be an object.
    package static func object(_ bytes: [UInt8]) throws(InvalidResponse) -> JSONObject {
        guard case .object(let object) = try value(bytes) else {
            throw InvalidResponse("something that is not a JSON object")
        }
        return object
    }

    /// A body that must be an array of objects.
    package static func objects(_ bytes: [UInt8]) throws(InvalidResponse) -> [JSONObject] {
        guard case .array(let values) = try value(bytes) else {
            throw InvalidResponse("something that is not a JSON array")
        }
        var objects: [JSONObject] = []
        objects.reserveCapacity(values.count)
        for value in values {
            guard case .object(let object) = value else {
                throw InvalidResponse("a list of something that is not a JSON object")
            }
            objects.append(object)
        }
        return objects
    }

    /// Runs code that takes a response apart field by field.
    package static func fields<Value>(_ read: () throws(JSONFieldError) -> Value) throws(InvalidResponse) -> Value {
        do {
            return try read()
        } catch {
            throw InvalidResponse("a response with a field that cannot be read. \(error)")
        }
    }

    /// A record, whose hashes are recomputed.
    ///
    /// - Parameters:
    ///   - object: the record.
    ///   - content: the record's, where the response may come without it.
    package static func record(
        _ object: JSONObject, content: Content? = nil
    ) throws(InvalidResponse) -> VersionRecord {
        do {
            return try VersionRecord(json: .object(object), content: content)
        } catch {
            throw InvalidResponse("a record that does not hold. \(error)")
        }
    }

    private static func value(_ bytes: [UInt8]) throws(InvalidResponse) -> JSONValue {
        do {
            return try JSONValue(parsing: bytes)
        } catch {
            throw InvalidResponse("something that is not JSON. \(error)")
        }
    }
}

extension JSONObject {
    /// The document that a response names.
    func namedKey() throws(JSONFieldError) -> DocumentKey {
        let service = try string("service_name")
        let environment = try string("environment")
        do {
            return try DocumentKey(storedService: service, environment: environment)
        } catch {
            throw JSONFieldError(field: "\(error.kind)", problem: .invalid("\(error)"))
        }
    }

    /// A field whose text has a meaning of its own.
    func parsed<Value>(_ name: String, _ read: (String) -> Value?) throws(JSONFieldError) -> Value {
        let text = try string(name)
        guard let value = read(text) else {
            throw JSONFieldError(field: name, problem: .invalid("it cannot be \(JSONValue.string(text))."))
        }
        return value
    }

    /// A moment; nil when there is none or null.
    func moment(_ name: String) throws(JSONFieldError) -> Timestamp? {
        guard try optionalString(name) != nil else { return nil }
        return try parsed(name) { Timestamp(parsing: $0) }
    }

    /// A list of texts.
    func texts(_ name: String) throws(JSONFieldError) -> [String] {
        var texts: [String] = []
        for element in try array(name) {
            guard case .string(let text) = element else {
                throw JSONFieldError(field: name, problem: .invalid("it must be a list of texts."))
            }
            texts.append(text)
        }
        return texts
    }
}
