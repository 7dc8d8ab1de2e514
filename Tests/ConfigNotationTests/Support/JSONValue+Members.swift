import ConfigModel

extension JSONValue {
    /// The object that this is; an empty one otherwise.
    var members: JSONObject {
        guard case .object(let object) = self else { return JSONObject() }
        return object
    }
}
