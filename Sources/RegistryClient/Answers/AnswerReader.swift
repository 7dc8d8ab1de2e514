import ConfigModel

/// Reads JSON answers of a registry, and says of which one when they are none.
struct AnswerReader {
    let url: String

    /// An answer that must be an object.
    func object(_ bytes: [UInt8]) throws(RegistryClientError) -> JSONObject {
        guard case .object(let object) = try value(bytes) else { throw refusal("something that is not a JSON object") }
        return object
    }

    /// An answer that must be an array of objects.
    func objects(_ bytes: [UInt8]) throws(RegistryClientError) -> [JSONObject] {
        guard case .array(let values) = try value(bytes) else { throw refusal("something that is not a JSON array") }
        var objects: [JSONObject] = []
        objects.reserveCapacity(values.count)
        for value in values {
            guard case .object(let object) = value else {
                throw refusal("a list of something that is not a JSON object")
            }
            objects.append(object)
        }
        return objects
    }

    /// Runs code that takes an answer apart field by field.
    func fields<Value>(_ read: () throws(JSONFieldError) -> Value) throws(RegistryClientError) -> Value {
        do {
            return try read()
        } catch {
            throw refusal("an answer with a field that cannot be read. \(error)")
        }
    }

    func refusal(_ what: String) -> RegistryClientError { .invalidAnswer(from: url, what) }

    private func value(_ bytes: [UInt8]) throws(RegistryClientError) -> JSONValue {
        do {
            return try JSONValue(parsing: bytes)
        } catch {
            throw refusal("something that is not JSON. \(error)")
        }
    }
}

extension RegistryClientError {
    /// What came is not what a registry answers.
    static func invalidAnswer(from url: String, _ what: String) -> RegistryClientError {
        RegistryClientError(
            .invalidAnswer, "The registry at \(url) answered with \(what). Check the address and what stands between.")
    }
}
