/// JSON merge patch (RFC 7396): null removes, objects are merged, everything else replaces.
package enum MergePatch {
    package static func apply(_ patch: JSONValue, to target: JSONValue) -> JSONValue {
        guard case .object(let patch) = patch else { return patch }
        guard case .object(let target) = target else { return .object(merge(patch, into: JSONObject())) }
        return .object(merge(patch, into: target))
    }

    /// Merges two objects: how an environment's document lies over the default one.
    package static func merge(_ patch: JSONObject, into target: JSONObject) -> JSONObject {
        let members = JSONMemberPairs(old: target, new: patch).compactMap { key, old, new -> JSONMember? in
            switch (old, new) {
            case (_, .null?): nil
            case (let old?, nil): JSONMember(key: key, value: old)
            case (let old, let new?): JSONMember(key: key, value: apply(new, to: old ?? .null))
            case (nil, nil): nil
            }
        }
        return JSONObject(sorted: members)
    }
}
