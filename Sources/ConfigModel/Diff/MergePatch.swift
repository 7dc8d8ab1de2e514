/// JSON merge patch (RFC 7396): null removes, objects are merged, everything else replaces.
package enum MergePatch {
    /// Merges two objects within a budget: how an environment's document lies over the default one.
    package static func merge(
        _ patch: JSONObject, into target: JSONObject, budget: inout WorkBudget
    ) throws(WorkLimit) -> JSONObject {
        var members: [JSONMember] = []
        members.reserveCapacity(max(patch.count, target.count))
        for pair in JSONMemberPairs(old: target, new: patch) {
            try budget.visit()
            switch (pair.old, pair.new) {
            case (_, .null?): break
            case (let old?, nil): members.append(JSONMember(key: pair.key, value: old))
            case (let old, let new?):
                let merged = try apply(new, to: old ?? .null, budget: &budget)
                members.append(JSONMember(key: pair.key, value: merged))
            case (nil, nil): break
            }
        }
        return JSONObject(sorted: members)
    }

    /// Makes of a target what the patch says, within a budget.
    package static func apply(
        _ patch: JSONValue, to target: JSONValue, budget: inout WorkBudget
    ) throws(WorkLimit) -> JSONValue {
        guard case .object(let patch) = patch else { return patch }
        guard case .object(let target) = target else {
            return .object(try merge(patch, into: JSONObject(), budget: &budget))
        }
        return .object(try merge(patch, into: target, budget: &budget))
    }

    /// The same however much work it is, for a program that has nothing else to do.
    package static func apply(_ patch: JSONValue, to target: JSONValue) -> JSONValue {
        var budget = WorkBudget(.max)
        // Each member is visited once, and there are never so many.
        return (try? apply(patch, to: target, budget: &budget)) ?? patch
    }

    /// Merges two objects however much work it is.
    package static func merge(_ patch: JSONObject, into target: JSONObject) -> JSONObject {
        var budget = WorkBudget(.max)
        return (try? merge(patch, into: target, budget: &budget)) ?? patch
    }
}
